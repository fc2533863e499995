// Events of the Testing language.
#include <array>

#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

constexpr std::array<std::string_view, 5> kEventTypes = {"TestInitiated", "TestCompleted",
                                                         "MessageReceived", "FlowActionStarted",
                                                         "FlowActionCompleted"};
constexpr std::array<std::string_view, 1> kActors = {"System"};
constexpr std::array<std::string_view, 2> kMatchings = {"Similarity", "Inclusion"};
constexpr std::array<std::string_view, 4> kStartable = {
    "InvokeLambdaFunction", "CheckHoursOfOperation", "TransferContactToQueue",
    "ConnectParticipantWithLexBot"};
// Observed on completion: what gives data. The spelling of the event is not published.
constexpr std::array<std::string_view, 2> kCompletable = {"InvokeLambdaFunction",
                                                          "ConnectParticipantWithLexBot"};

// {"Type": "Inclusion"} in Properties; an older spelling is the word alone, beside Properties.
Matching ReadMatching(TestReader& reader, const json::Value& event, const json::Value& properties,
                      const std::string& what) {
  constexpr std::string_view kKey = "MatchingCriteria";
  std::string word;
  if (event.AsObject().Has(kKey)) {
    word = reader.Word(event, what, kKey, kMatchings);
  } else if (const json::Value* criteria = properties.AsObject().Find(kKey)) {
    if (criteria->IsString()) {
      word = reader.Word(properties, what, kKey, kMatchings);
    } else {
      const std::string of = "MatchingCriteria of " + what;
      word = reader.Word(*criteria, of, "Type", kMatchings);
      if (criteria->IsObject()) reader.OnlyKnown(criteria->AsObject(), of, {"Type"});
    }
  }
  return word == "Inclusion" ? Matching::kInclusion : Matching::kSimilarity;
}

std::string ReadMedia(TestReader& reader, const json::Value& properties, const std::string& what) {
  const json::Object* media = reader.FindObject(properties, what, "Media", false);
  if (media == nullptr) return {};
  const json::Value& at = properties.AsObject().At("Media");
  reader.OnlyKnown(*media, "Media", {"Uri", "SourceType", "MediaType"});
  constexpr std::array<std::string_view, 1> kSources = {"S3"};
  constexpr std::array<std::string_view, 1> kTypes = {"Audio"};
  reader.Word(at, "Media", "SourceType", kSources);
  if (media->Has("MediaType")) reader.Word(at, "Media", "MediaType", kTypes);
  return reader.Text(at, "Media", "Uri");
}

void ReadMessage(TestReader& reader, const json::Value& event, const json::Value& properties,
                 const std::string& what, TestEvent& read) {
  reader.OnlyKnown(properties.AsObject(), what,
                   {"Text", "SSML", "PromptId", "Media", "MatchingCriteria"});
  read.text = reader.Text(properties, what, "Text", false);
  read.ssml = reader.Text(properties, what, "SSML", false);
  read.prompt = reader.Text(properties, what, "PromptId", false);
  read.media_uri = ReadMedia(reader, properties, what);
  read.matching = ReadMatching(reader, event, properties, what);
  const int given =
      !read.text.empty() + !read.ssml.empty() + !read.prompt.empty() + !read.media_uri.empty();
  if (given == 1) return;
  reader.Say(properties, given == 0 ? kMissingMember : kWrongShape,
             fmt::format("expected one of 'Text', 'SSML', 'PromptId' and 'Media' in {} but got {}",
                         what, given));
}

void ReadFlowAction(TestReader& reader, const json::Value& properties, const std::string& what,
                    TestEvent& read) {
  reader.OnlyKnown(properties.AsObject(), what, {"ActionType", "ActionParameters"});
  const bool started = read.type == TestEventType::kFlowActionStarted;
  FlowActionTarget target = ReadFlowActionTarget(
      reader, properties, what,
      started ? std::span<const std::string_view>(kStartable) : std::span(kCompletable));
  read.action_type = std::move(target.type);
  read.resource = std::move(target.resource);
}

}  // namespace

std::string_view ToText(TestEventType type) {
  return kEventTypes[static_cast<std::size_t>(type)];
}

TestEvent ReadTestEvent(TestReader& reader, const json::Value& event, std::string_view what) {
  TestEvent read;
  const std::string word = reader.Word(event, what, "Type", kEventTypes);
  if (word.empty()) return read;
  for (std::size_t i = 0; i < kEventTypes.size(); ++i) {
    if (kEventTypes[i] == word) read.type = static_cast<TestEventType>(i);
  }
  reader.OnlyKnown(event.AsObject(), what,
                   {"Identifier", "Type", "Actor", "Properties", "MatchingCriteria"});
  reader.Word(event, what, "Actor", kActors);
  const std::string of = fmt::format("'Properties' of {}", what);
  const bool bare =
      read.type == TestEventType::kTestInitiated || read.type == TestEventType::kTestCompleted;
  const json::Object* properties = reader.FindObject(event, what, "Properties", !bare);
  if (properties == nullptr) return read;
  const json::Value& at = event.AsObject().At("Properties");
  if (bare) {
    reader.OnlyKnown(*properties, of, {});
  } else if (read.type == TestEventType::kMessageReceived) {
    ReadMessage(reader, event, at, of, read);
  } else {
    ReadFlowAction(reader, at, of, read);
  }
  return read;
}

FlowActionTarget ReadFlowActionTarget(TestReader& reader, const json::Value& properties,
                                      std::string_view what,
                                      std::span<const std::string_view> types) {
  FlowActionTarget target{.type = reader.Word(properties, what, "ActionType", types),
                          .resource = {}};
  const json::Object* parameters = reader.FindObject(properties, what, "ActionParameters");
  if (target.type.empty() || parameters == nullptr) return target;
  const json::Value& at = properties.AsObject().At("ActionParameters");
  const std::string of = fmt::format("'ActionParameters' of {}", target.type);
  if (target.type == "ConnectParticipantWithLexBot") {
    reader.OnlyKnown(*parameters, of, {"LexV2Bot"});
    if (const json::Object* bot = reader.FindObject(at, of, "LexV2Bot")) {
      reader.OnlyKnown(*bot, "'LexV2Bot'", {"AliasArn"});
      target.resource = reader.Text(parameters->At("LexV2Bot"), "'LexV2Bot'", "AliasArn");
    }
    return target;
  }
  const std::string_view key = target.type == "InvokeLambdaFunction"    ? "LambdaFunctionARN"
                               : target.type == "CheckHoursOfOperation" ? "HoursOfOperationId"
                                                                        : "QueueId";
  reader.OnlyKnown(*parameters, of, {key});
  target.resource = reader.Text(at, of, key);
  if (target.type == "DequeueAndTransferToQueue") target.type = "DequeueContactAndTransferToQueue";
  return target;
}

}  // namespace trunkline::sim
