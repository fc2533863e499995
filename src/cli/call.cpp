#include <algorithm>

#include "app/contact_client.h"
#include "app/offline_call.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/call_debug.h"
#include "cli/caller.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kSayOption,
    kPressOption,
    {.name = "--flow",
     .value = "FILE|NAME",
     .help = "call a flow without any cloud; with --instance, a flow of that instance"},
    {.name = "--folder",
     .value = "DIR",
     .help = "the monorepo of --flow (default: the one around the file, or around this folder)"},
    {.name = "--env",
     .value = "NAME",
     .help = "the environment whose account and Region the call sees (default: the first)"},
    {.name = "--mock",
     .value = "KIND:NAME=VALUE",
     .help = "what answers instead of a function or bot, see above",
     .repeated = true},
    {.name = "--at",
     .value = "TIME",
     .help = "when the call begins, such as 2026-12-24T18:00:00Z (default: now)"},
    {.name = "--instance",
     .value = "ID",
     .help = "call --flow on the embedded cloud: an instance by id, ARN or alias"},
    {.name = "--account",
     .value = "ID",
     .help = "the account of --instance (default 123456789012)"},
    {.name = "--region", .value = "REGION", .help = "the Region of --instance (default us-east-1)"},
    {.name = "--from", .value = "NUMBER", .help = "the caller's number (default +15550100)"},
    {.name = "--attribute",
     .value = "NAME=TEXT",
     .help = "an attribute the contact begins with",
     .repeated = true},
    {.name = "--chat", .value = "", .help = "a chat, not a call"},
    {.name = "--unanswered", .value = "", .help = "no agent takes it: the caller stays in queue"},
    {.name = "--debug",
     .value = "",
     .help = "walk through the call action by action; type 'help' there"},
    {.name = "--break",
     .value = "NAME",
     .help = "--debug, and run to this action: identifier, type, block, flow, or FLOW/NAME",
     .repeated = true},
    {.name = "--seed",
     .value = "N",
     .help = "what percentages and new ids are drawn from (offline default 1)"},
    {.name = "--endpoint-url",
     .value = "URL",
     .help = "the embedded cloud (default: AWS_ENDPOINT_URL, http://127.0.0.1:4566)"},
};

constexpr std::string_view kOfflineOnly[] = {"--folder", "--env",   "--mock",
                                             "--at",     "--debug", "--break"};
constexpr std::string_view kOnlineOnly[] = {"--instance", "--account", "--region",
                                            "--endpoint-url"};

bool IsOffline(const Arguments& arguments) {
  return arguments.positionals.empty() && !arguments.Has("--instance");
}

Result<void> CheckOptions(const Arguments& arguments) {
  const bool number = !arguments.positionals.empty();
  if (!number && !arguments.Has("--flow"))
    return Error(ErrorKind::kInvalid,
                 "expected a number to call, or --flow with a file or the name of a flow");
  if (number && arguments.Has("--flow"))
    return Error(ErrorKind::kInvalid,
                 "expected a number to call or --flow, but got both '{}' and '--flow {}'",
                 arguments.positionals.front(), arguments.Get("--flow"));
  const bool offline = IsOffline(arguments);
  for (const std::string_view option : offline ? std::span<const std::string_view>(kOnlineOnly)
                                               : std::span<const std::string_view>(kOfflineOnly)) {
    if (!arguments.Has(option)) continue;
    if (offline) {
      return Error(ErrorKind::kInvalid,
                   "option '{}' is for calls on the embedded cloud: give a number, or --instance "
                   "beside --flow",
                   option);
    }
    return Error(ErrorKind::kInvalid,
                 "option '{}' is for calls without a cloud: leave it out, or call with --flow and "
                 "without {}",
                 option, number ? "a number" : "--instance");
  }
  return {};
}

Result<json::Object> ReadAttributes(const Arguments& arguments) {
  json::Object attributes;
  for (const std::string& text : arguments.All("--attribute")) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return Error(ErrorKind::kInvalid, "expected an attribute such as 'tier=gold' but got '{}'",
                   text);
    }
    attributes.Set(text.substr(0, equals), text.substr(equals + 1));
  }
  return attributes;
}

Result<std::optional<std::int64_t>> ReadSeed(const Arguments& arguments) {
  if (!arguments.Has("--seed")) return std::optional<std::int64_t>();
  const auto seed = ToInt(arguments.Get("--seed"));
  if (seed && *seed >= 0) return seed;
  return Error(ErrorKind::kInvalid, "expected a number from 0 on as '--seed' but got '{}'",
               arguments.Get("--seed"));
}

Result<app::OfflineCallArgs> ReadOffline(const Arguments& arguments) {
  app::OfflineCallArgs args{.flow = arguments.Get("--flow"),
                            .folder = arguments.Get("--folder"),
                            .environment = arguments.Get("--env"),
                            .mocks = arguments.All("--mock")};
  if (arguments.Has("--at")) {
    args.at = ParseIso8601(arguments.Get("--at"));
    if (!args.at) {
      return Error(ErrorKind::kInvalid,
                   "expected a time such as '2026-12-24T18:00:00Z' as '--at' but got '{}'",
                   arguments.Get("--at"));
    }
  }
  args.from = arguments.Get("--from", args.from);
  if (arguments.Has("--chat")) args.channel = sim::Channel::kChat;
  TL_TRY(args.attributes, ReadAttributes(arguments));
  TL_TRY(const auto seed, ReadSeed(arguments));
  if (seed) args.seed = static_cast<std::uint64_t>(*seed);
  args.unanswered = arguments.Has("--unanswered");
  return args;
}

Result<json::Object> ReadOnline(const Arguments& arguments) {
  json::Object call;
  if (!arguments.positionals.empty()) {
    call.Set("number", arguments.positionals.front());
  } else {
    call.Set("flow", arguments.Get("--flow"));
    call.Set("instanceId", arguments.Get("--instance"));
  }
  for (const std::string_view name : {"account", "region", "from"})
    call.SetIfNotEmpty(name, arguments.Get(fmt::format("--{}", name)));
  if (arguments.Has("--chat")) call.Set("channel", "chat");
  if (arguments.Has("--unanswered")) call.Set("answering", "nobody");
  TL_TRY(json::Object attributes, ReadAttributes(arguments));
  if (!attributes.empty()) call.Set("attributes", std::move(attributes));
  TL_TRY(const auto seed, ReadSeed(arguments));
  if (seed) call.Set("seed", *seed);
  return call;
}

// The other end, wherever it is.
class Line {
 public:
  virtual ~Line() = default;
  virtual Result<json::Object> Start() = 0;
  virtual Result<json::Object> Tell(const json::Object& event) = 0;
};

class OfflineLine final : public Line {
 public:
  explicit OfflineLine(app::OfflineCall& call) : call_(call) {}
  Result<json::Object> Start() override { return call_.Start(); }
  Result<json::Object> Tell(const json::Object& event) override { return call_.Tell(event); }

 private:
  app::OfflineCall& call_;
};

class OnlineLine final : public Line {
 public:
  OnlineLine(const app::ContactClient& contacts, json::Object call)
      : contacts_(contacts), call_(std::move(call)) {}
  Result<json::Object> Start() override {
    TL_TRY(json::Object status, contacts_.Start(call_));
    id_ = status.GetString("contactId");
    return status;
  }
  Result<json::Object> Tell(const json::Object& event) override {
    return contacts_.Tell(id_, event);
  }

 private:
  const app::ContactClient& contacts_;
  json::Object call_;
  std::string id_;
};

void Note(World& world, std::string_view text) {
  world.err.Write(fmt::format("note: {}\n", text));
}

// An event that cannot happen now: who types it may try another one.
bool MayTryAgain(const Error& error, const Caller& caller) {
  return caller.IsTyped() &&
         (error.kind() == ErrorKind::kInvalid || error.kind() == ErrorKind::kConflict);
}

Result<json::Object> Talk(World& world, const Arguments& arguments, Line& line) {
  const bool as_json = arguments.Has("--json");
  Caller caller(world, arguments);
  TL_TRY(json::Object status, line.Start());
  json::Array lines = status.GetArray("lines");
  if (!as_json) world.out.Write(status.GetString("text"));
  while (!status.GetBool("ended")) {
    Result<json::Object> next = line.Tell(caller.Next(status));
    if (!next && MayTryAgain(next.error(), caller)) {
      Note(world, next.error().message());
      continue;
    }
    TL_TRY(status, std::move(next));
    for (const json::Value& one : status.GetArray("lines")) lines.push_back(one);
    if (!as_json) world.out.Write(status.GetString("text"));
  }
  const std::vector<std::string> left = caller.Left();
  if (!left.empty()) Note(world, fmt::format("the contact ended before '{}'", Join(left, "', '")));
  status.Set("lines", std::move(lines));
  status.Remove("text");
  return status;
}

Exit Show(World& world, const Arguments& arguments, const Result<json::Object>& status) {
  if (!status) return Fail(world, arguments, status.error());
  if (arguments.Has("--json")) world.out.Write(json::WritePretty(json::Value(*status)));
  return Exit::kDone;
}

Exit CallOffline(World& world, const Arguments& arguments) {
  const Result<app::OfflineCallArgs> args = ReadOffline(arguments);
  if (!args) return Fail(world, arguments, args.error(), Exit::kUsage);
  Findings findings;
  Result<app::OpenedCall> opened = app::OpenCall(MakeAppWorld(world), *args, findings);
  world.err.Write(ToText(findings, world.err.IsTerminal()));
  // Without findings nothing is wrong with the center: the command named what is not there.
  if (!opened)
    return Fail(world, arguments, opened.error(), findings.empty() ? Exit::kUsage : Exit::kFailed);
  for (const std::string& note : opened->Notes()) Note(world, note);
  if (IsDebugged(arguments)) return DebugTheCall(world, arguments, std::move(*opened));
  app::OfflineCall call(std::move(*opened));
  OfflineLine line(call);
  const Exit exit = Show(world, arguments, Talk(world, arguments, line));
  for (const std::string& missing : call.Missing())
    Note(world, fmt::format("nothing answered for '{0}': --mock '{0}=...' does", missing));
  return exit;
}

Exit CallOnline(World& world, const Arguments& arguments) {
  Result<json::Object> call = ReadOnline(arguments);
  if (!call) return Fail(world, arguments, call.error(), Exit::kUsage);
  app::AppWorld app_world = MakeAppWorld(world);
  const std::string fallback = world.environment.GetOr("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
  const Result<app::ContactClient> contacts =
      app::ContactClient::Open(app_world, arguments.Get("--endpoint-url", fallback));
  if (!contacts) return Fail(world, arguments, contacts.error(), Exit::kUsage);
  OnlineLine line(*contacts, std::move(*call));
  return Show(world, arguments, Talk(world, arguments, line));
}

Exit RunCall(World& world, const Arguments& arguments) {
  if (const Result<void> checked = CheckOptions(arguments); !checked)
    return Fail(world, arguments, checked.error(), Exit::kUsage);
  return IsOffline(arguments) ? CallOffline(world, arguments) : CallOnline(world, arguments);
}

}  // namespace

const Command kCallCommand{
    .name = "call",
    .summary = "calls a number of the embedded cloud, or a flow without any cloud, in text",
    .positionals = "[NUMBER]",
    .options = kOptions,
    .details =
        "With --say and --press the caller does that, in this order, and hangs up. Without, type "
        "words or keys.\n"
        "\n"
        "With --flow alone no cloud is needed: the flow is linked with its monorepo's other flows, "
        "hours,\n"
        "queues and bots, and time is virtual. Functions need a mock, else they fail:\n"
        "  --mock 'lambda:NAME={\"key\": \"value\"}'    its answer; @FILE reads it from a file\n"
        "  --mock lambda:NAME=error                 it fails ('error:WHY'), or 'timeout'\n"
        "  --mock bot:NAME=INTENT:SLOT=VALUE        what the bot understands, whatever is said\n"
        "  --mock hours:NAME=closed                 or 'open'\n"
        "  --mock action:NAME=success               how an action goes, by identifier or type:\n"
        "                                           'error:ERROR', or the result it gives\n"
        "The same name again is the answer to the next question; the last one stays.",
    .example = "trunkline call --flow ACME_Main --say sales",
    .run = RunCall};

}  // namespace trunkline::cli
