#include <algorithm>
#include <set>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/stub.h"
#include "tests/cli/undo_test.h"

namespace trunkline::cli {
namespace {

// What no caller and no next run sees: times, counters, what answers are remembered for, the code
// behind $LATEST, which nobody calls, and bytes in the bucket: recordings are named by their hash
// (docs/undo.md).
bool IsSeen(const cloud::RecordCount& count) {
  static const std::set<std::string> kUnseen{"connect client-token", "connect version-count",
                                             "lambda function", "s3 object", "cloud object"};
  return kUnseen.count(count.service + " " + count.kind) == 0;
}

bool IsSeen(std::string_view member) {
  for (const std::string_view part :
       {"Time", "Date", "LastModified", "RevisionId", "revisionId", "nextVersion", "Version"}) {
    if (member.find(part) != std::string_view::npos && member != "FunctionVersion" &&
        member != "botVersion")
      return false;
  }
  return member != "botAliasHistoryEvents" && member != "latestBotVersion";
}

// Lex builds no intent that nothing leads to.
center::Bot& Answerable(center::Bot& bot) {
  json::Array utterances;
  utterances.emplace_back(json::Object{{"utterance", "sales please"}});
  bot.locales.front().intents.front().input.Set("sampleUtterances", std::move(utterances));
  return bot;
}

json::Object Seen(const json::Object& body) {
  json::Object seen;
  for (const json::Member& member : body) {
    if (!IsSeen(member.key)) continue;
    seen.Set(member.key,
             member.value.IsObject() ? json::Value(Seen(member.value.AsObject())) : member.value);
  }
  return seen;
}

}  // namespace

UndoTest::UndoTest() {
  access_key = deploy::tests::kAccount;
  cloud_.engine().endpoint = aws.fake().url();
  aws.fake().Answers([this](const net::Request& request) { return Answer(request); });
}

net::Response UndoTest::Answer(net::Request request) {
  if (requests_++ == failing_) {
    failed_ = fmt::format("{} {} {}", request.method, request.target, request.body.substr(0, 120));
    return aws::Refusal(400, "InvalidRequestException", "told to");
  }
  net::Response response = cloud_.Send(std::move(request));
  cloud_.Advance(Milliseconds(500));  // whatever takes its time has ended before the next request
  return response;
}

void UndoTest::Want(int edition) {
  const std::string text = fmt::format("edition {}", edition);
  center.queues.clear();
  center.hours.clear();
  center.prompts.clear();
  center.functions.clear();
  center.bots.clear();
  center.flows.clear();
  center.modules.clear();
  center.instance->storage = {{.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                               .prefix = {.value = fmt::format("calls{}", edition), .place = {}}}};
  AddHours("Office").config.front().end_hours = 16 + edition;
  AddQueue("Sales", "Office").max_contacts = edition;
  center.queues.back().description = text;
  AddPrompt("Welcome").audio = "RIFF " + text;
  center.prompts.back().description = text;
  AddFunction("lookup").description = text;
  Answerable(AddBot("Desk")).idle_session_seconds = 100 + edition;
  center.bots.back().locales.front().input.Set("nluIntentConfidenceThreshold",
                                               edition == 1 ? 0.4 : 0.6);
  AddModule("Part", flow::MinimalContent("MODULE")).description = text;
  AddFlow("Main", deploy::tests::QueueFlow("Sales")).description = text;
}

void UndoTest::WantMore() {
  center.instance->storage.push_back({.resource_type = {.value = "CHAT_TRANSCRIPTS", .place = {}},
                                      .prefix = {.value = "chats", .place = {}}});
  AddHours("Night");
  AddQueue("Support", "Night");
  AddPrompt("Goodbye").audio = "RIFF goodbye";
  AddFunction("report");
  Answerable(AddBot("Second"));
  AddModule("More", flow::MinimalContent("MODULE"));
  AddFlow("New", deploy::tests::QueueFlow("Support"));
}

deploy::Applied UndoTest::Deliver(const std::vector<std::string>& kinds, bool rollback,
                                  std::size_t failing) {
  failing_ = kNone;
  live = Read().value();
  deploy::PlanOptions wanted;
  wanted.kinds = kinds;
  wanted.map_last = true;
  const deploy::Plan plan = deploy::MakePlan(target(), live, std::move(wanted));
  EXPECT_THAT(deploy::tests::Codes(plan.findings), ::testing::IsEmpty());
  deploy::ApplyOptions options;
  options.rollback = rollback;
  options.at_once = 1;  // the same requests in the same order, every time
  requests_ = 0;
  failed_.clear();
  failing_ = failing;
  deploy::Applied applied = Apply(plan, options);
  failing_ = kNone;
  for (const deploy::Failure& failure : applied.failed)
    EXPECT_FALSE(failed_.empty()) << failure.error.ToText();  // nothing fails but what is told to
  return applied;
}

std::string UndoTest::State() {
  std::vector<std::string> lines;
  for (const cloud::RecordCount& count : cloud_.store().Count()) {
    if (!IsSeen(count)) continue;
    const cloud::Kind kind{count.service, count.kind};
    for (const cloud::Record* record : cloud_.store().List(count.scope, kind)) {
      lines.push_back(fmt::format("{} {} {} {} {} {}\n", count.service, count.kind, record->parent,
                                  record->id, record->name, json::WriteSorted(Seen(record->body))));
    }
  }
  std::ranges::sort(lines);
  return Join(lines, "");
}

}  // namespace trunkline::cli
