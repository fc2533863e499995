#include <algorithm>

#include "app/contact_client.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--say",
     .value = "TEXT",
     .help = "say something when the caller is asked",
     .repeated = true},
    {.name = "--press",
     .value = "KEYS",
     .help = "press keys (0-9 * #) when the caller is asked",
     .repeated = true},
    {.name = "--flow", .value = "NAME", .help = "call a flow of --instance instead of a number"},
    {.name = "--instance", .value = "ID", .help = "the instance of --flow"},
    {.name = "--account",
     .value = "ID",
     .help = "the account of --instance (default 123456789012)"},
    {.name = "--region", .value = "REGION", .help = "the Region of --instance (default us-east-1)"},
    {.name = "--from", .value = "NUMBER", .help = "the caller's number (default +15550100)"},
    {.name = "--endpoint-url",
     .value = "URL",
     .help = "the embedded cloud (default: AWS_ENDPOINT_URL, http://127.0.0.1:4566)"},
};

Result<json::Object> ReadCall(const Arguments& arguments) {
  json::Object call;
  const bool number = !arguments.positionals.empty();
  if (number == arguments.Has("--flow"))
    return Error(ErrorKind::kInvalid, "give a number to call, or --flow and --instance");
  if (number) {
    call.Set("number", arguments.positionals.front());
  } else {
    if (!arguments.Has("--instance"))
      return Error(ErrorKind::kInvalid,
                   "--flow needs --instance, the id of the instance that has it");
    call.Set("flow", arguments.Get("--flow"));
    call.Set("instanceId", arguments.Get("--instance"));
    call.SetIfNotEmpty("account", arguments.Get("--account"));
    call.SetIfNotEmpty("region", arguments.Get("--region"));
  }
  call.SetIfNotEmpty("from", arguments.Get("--from"));
  return call;
}

bool IsKeys(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789*#") == std::string_view::npos;
}

// The next thing the caller does: scripted, else typed, else hanging up.
class Caller {
 public:
  Caller(World& world, const Arguments& arguments) : world_(world) {
    for (const auto& [name, value] : arguments.ordered) {
      if (name == "--say") script_.push_back(json::Object{{"say", value}});
      if (name == "--press") script_.push_back(json::Object{{"press", value}});
    }
    scripted_ = !script_.empty();
  }

  json::Object Next(const json::Object& status) {
    if (scripted_)
      return next_ < script_.size() ? script_[next_++] : json::Object{{"hangup", true}};
    if (world_.in.IsTerminal()) world_.err.Write(Prompt(status));
    std::string line;
    if (!world_.in.ReadLine(line)) return {{"hangup", true}};
    const std::string text(Trim(line));
    if (text.empty()) return {{"silence", true}};
    if (text == "hangup") return {{"hangup", true}};
    if (IsKeys(text)) return {{"press", text}};
    return {{"say", text}};
  }

 private:
  static std::string Prompt(const json::Object& status) {
    const bool talking = status.GetString("phase") == "talking";
    return talking ? "(connected; 'hangup' ends the call) > "
                   : "(words or keys, empty for silence, 'hangup') > ";
  }

  World& world_;
  std::vector<json::Object> script_;
  std::size_t next_ = 0;
  bool scripted_ = false;
};

Result<json::Object> Talk(World& world, const app::ContactClient& contacts,
                          const Arguments& arguments, json::Object call) {
  const bool as_json = arguments.Has("--json");
  Caller caller(world, arguments);
  TL_TRY(json::Object status, contacts.Start(call));
  json::Array lines = status.GetArray("lines");
  if (!as_json) world.out.Write(status.GetString("text"));
  const std::string id(status.GetString("contactId"));
  while (!status.GetBool("ended")) {
    TL_TRY(status, contacts.Tell(id, caller.Next(status)));
    for (const json::Value& line : status.GetArray("lines")) lines.push_back(line);
    if (!as_json) world.out.Write(status.GetString("text"));
  }
  status.Set("lines", std::move(lines));
  status.Remove("text");
  return status;
}

Exit Run(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto fail = [&](const Error& error, Exit exit) {
    world.err.Write(error.ToText() + "\n");
    return exit;
  };
  Result<json::Object> call = ReadCall(arguments);
  if (!call) return fail(call.error(), Exit::kUsage);
  const std::string fallback = world.environment.GetOr("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
  const Result<app::ContactClient> contacts =
      app::ContactClient::Open(app_world, arguments.Get("--endpoint-url", fallback));
  if (!contacts) return fail(contacts.error(), Exit::kUsage);
  const Result<json::Object> status = Talk(world, *contacts, arguments, std::move(*call));
  if (!status) return fail(status.error(), Exit::kFailed);
  if (arguments.Has("--json")) world.out.Write(json::WritePretty(json::Value(*status)));
  return Exit::kDone;
}

}  // namespace

const Command kCallCommand{.name = "call",
                           .summary = "calls a number of the embedded cloud, in text",
                           .positionals = "[NUMBER]",
                           .options = kOptions,
                           .details =
                               "With --say and --press the caller does that, in this order, and "
                               "hangs up. Without, type words or keys.\n"
                               "Offline calls of a flow file are not implemented.",
                           .example = "trunkline call +15550100 --say sales",
                           .run = Run};

}  // namespace trunkline::cli
