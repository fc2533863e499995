#include "app/webhook_sign.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/webhook_options.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kSecretFileOption,
    {.name = "--event", .value = "NAME", .help = "the event (default push)"},
    {.name = "--delivery", .value = "ID", .help = "the delivery's id (default: a new one)"},
    kUrlOption,
    kSecretOption,
    kFunctionOption,
    kStackOption,
    kFolderOption,
    kRegionOption,
    kToolingProfileOption,
    kEndpointOption,
};

json::Object ToJson(const app::SignedDelivery& delivery) {
  json::Object headers;
  for (const auto& [name, value] : delivery.headers) headers.Set(name, value);
  json::Object object{{"headers", std::move(headers)}};
  object.SetIfNotEmpty("url", delivery.url);
  return object;
}

std::string ToText(const app::SignedDelivery& delivery, const std::string& file) {
  std::string text;
  for (const auto& [name, value] : delivery.headers) text += fmt::format("{}: {}\n", name, value);
  if (delivery.url.empty()) return text;
  return text + "\n" + app::CurlLine(delivery, file) + "\n";
}

Exit RunWebhookSign(World& world, const Arguments& arguments) {
  const std::string file = arguments.positionals.front();
  app::SignArgs args;
  args.webhook = ReadWebhookArgs(arguments);
  args.file = file;
  args.event = arguments.Get("--event", args.event);
  args.delivery = arguments.Get("--delivery");
  args.secret_file = arguments.Get("--secret-file");
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::SignedDelivery> delivery = app::RunWebhookSign(app_world, args);
  if (!delivery) return Fail(world, arguments, delivery.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(ToJson(*delivery))
                                          : ToText(*delivery, file));
  return Exit::kDone;
}

}  // namespace

const Command kWebhookSignCommand{
    .name = "webhook sign",
    .summary = "signs a payload as GitHub does, and prints the headers and a curl line",
    .positionals = "FILE",
    .options = kOptions,
    .details =
        "The file's bytes are signed as they are. With --secret-file no AWS is asked; the "
        "curl line then needs --url.",
    .example = "trunkline webhook sign push.json --secret-file secret.txt",
    .run = RunWebhookSign};

}  // namespace trunkline::cli
