#include "app/aws_call.h"
#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--input",
     .value = "JSON",
     .help = "the input: JSON text, file://PATH, or - for standard input"},
    {.name = "--all-pages", .value = "", .help = "ask for every page and join the lists"},
    {.name = "--region",
     .value = "REGION",
     .help = "the Region (default: AWS_REGION, the profile's)"},
    {.name = "--profile", .value = "NAME", .help = "the profile of ~/.aws/config to use"},
    {.name = "--endpoint-url",
     .value = "URL",
     .help = "an AWS that is not at AWS, such as 'trunkline up'"},
};

Result<std::string> InputText(World& world, const std::string& given) {
  constexpr std::string_view kFile = "file://";
  if (given.substr(0, kFile.size()) == kFile) return world.files.Read(given.substr(kFile.size()));
  if (given != "-") return given;
  std::string text;
  for (std::string line; world.in.ReadLine(line);) text += line + "\n";
  return text;
}

Result<json::Object> ReadInput(World& world, const std::string& given) {
  if (given.empty()) return json::Object();
  TL_TRY(const std::string text, InputText(world, given));
  Result<json::Value> value = json::Parse(text);
  if (!value) {
    const bool named = given.starts_with("file://");
    return std::move(value).error().While("reading {}", named ? given : "--input");
  }
  if (value->IsObject()) return std::move(value->AsObject());
  return Error(ErrorKind::kInvalid, "expected --input to be a JSON object but got {}",
               value->TypeName());
}

Exit List(World& world, const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.positionals;
  std::vector<std::string> names = app::ListServices();
  if (!words.empty()) {
    Result<std::vector<std::string>> operations = app::ListOperations(words[0]);
    if (!operations) return Fail(world, arguments, operations.error(), Exit::kUsage);
    names = std::move(*operations);
  }
  if (arguments.Has("--json")) {
    json::Array array;
    for (const std::string& name : names) array.emplace_back(name);
    const std::string_view key = words.empty() ? "services" : "operations";
    world.out.Write(json::WritePretty(json::Object{{std::string(key), std::move(array)}}));
  } else {
    world.out.Write(Join(names, "\n") + "\n");
  }
  return Exit::kDone;
}

// Who calls an API directly looks the code up in its reference.
Error WithCodeShown(const Error& error) {
  if (error.code().empty()) return error;
  Error shown =
      Error(error.kind(), "{} ({})", error.message(), error.code()).WithCode(error.code());
  for (const std::string& step : error.steps()) shown = std::move(shown).While("{}", step);
  return shown;
}

Exit RunAws(World& world, const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.positionals;
  if (words.size() < 2) return List(world, arguments);
  Result<json::Object> input = ReadInput(world, arguments.Get("--input"));
  if (!input) return Fail(world, arguments, input.error(), Exit::kUsage);
  app::AppWorld app_world = MakeAppWorld(world);
  const app::AwsCallArgs args{.service = words[0],
                              .operation = words[1],
                              .input = std::move(*input),
                              .region = arguments.Get("--region"),
                              .profile = arguments.Get("--profile"),
                              .endpoint_url = arguments.Get("--endpoint-url"),
                              .all_pages = arguments.Has("--all-pages")};
  if (const Result<void> callable = app::CheckAwsCall(args); !callable)
    return Fail(world, arguments, callable.error(), Exit::kUsage);
  const Result<json::Object> output = app::CallAws(app_world, args);
  if (!output) return Fail(world, arguments, WithCodeShown(output.error()));
  world.out.Write(json::WritePretty(json::Value(*output)));
  return Exit::kDone;
}

}  // namespace

const Command kAwsCommand{.name = "aws",
                          .summary = "makes any modelled API call",
                          .positionals = "[SERVICE] [OPERATION]",
                          .options = kOptions,
                          .details =
                              "Without OPERATION the service's operations are listed, without "
                              "SERVICE the services. What a call answers is always JSON.\n"
                              "Blobs are base64 text, in and out.",
                          .example = "trunkline aws connect list-instances --region us-east-1",
                          .run = RunAws};

}  // namespace trunkline::cli
