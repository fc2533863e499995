#include "sim/testing/read_test_case.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/files.h"
#include "base/json_read.h"
#include "base/text.h"
#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

constexpr std::array<std::string_view, 2> kVersions = {"2019-10-30", "2025-06-21"};
constexpr std::array<std::string_view, 6> kUsages = {"Exactly", "AtLeast", "AtMost",
                                                     "Always",  "EXACTLY", "ANY"};
constexpr std::array<std::string_view, 2> kEntryPoints = {"VOICE_CALL", "CHAT"};
constexpr std::size_t kLongestId = 256;  // of an observation, as execution records have it

class Reader {
 public:
  Reader(std::string_view text, std::string_view file, TestMode mode)
      : reader_(text, file, mode), file_(file) {}

  ReadTest Read(const json::Value& root) {
    if (!root.IsObject()) {
      reader_.Say(root, kWrongShape,
                  fmt::format("expected a test case, an object, but got {}", root.TypeName()));
    } else if (root.AsObject().Has("Content")) {
      ReadWrapper(root);
    } else {
      ReadMetadata(root);
      ReadContent(root);
    }
    if (test_.name.empty()) {
      const std::string name = FileName(file_);
      test_.name = name.substr(0, name.rfind('.'));
    }
    ReadTest read{.test = {}, .findings = std::move(reader_.findings())};
    if (!HasErrors(read.findings)) read.test = std::move(test_);
    return read;
  }

 private:
  // The input of CreateTestCase.
  void ReadWrapper(const json::Value& root) {
    reader_.OnlyKnown(root.AsObject(), "a test case",
                      {"$schema", "InstanceId", "Name", "Description", "Content", "EntryPoint",
                       "InitializationData", "Status", "Tags"});
    test_.name = reader_.Text(root, "a test case", "Name");
    test_.description = reader_.Text(root, "a test case", "Description", false);
    if (reader_.FindObject(root, "a test case", "EntryPoint"))
      ReadEntryPoint(root.AsObject().At("EntryPoint"));
    ReadInitialization(root, "InitializationData");
    const json::Value& content = root.AsObject().At("Content");
    if (!content.IsString()) return ReadContent(content);
    const Result<json::Value> parsed = json::Parse(content.AsString());
    if (!parsed) {
      reader_.Say(content, kWrongShape,
                  fmt::format("'Content' is no JSON: {}", parsed.error().message()));
      return;
    }
    reader_.Enter(content.AsString(), content);
    ReadContent(*parsed);
  }

  // Content alone: the console's exports keep name and entry point in the metadata.
  void ReadMetadata(const json::Value& content) {
    const json::Object* metadata = reader_.FindObject(content, "'Content'", "Metadata", false);
    if (metadata == nullptr || !metadata->Has("entryPoint")) {
      reader_.Say(content, kMissingMember, "the test does not say which flow it enters",
                  "put it into {\"Name\": ..., \"EntryPoint\": {...}, \"Content\": {...}}");
      return;
    }
    const json::Value& at = content.AsObject().At("Metadata");
    test_.name = reader_.Text(at, "'Metadata'", "name", false);
    test_.description = reader_.Text(at, "'Metadata'", "description", false);
    if (reader_.FindObject(at, "'Metadata'", "entryPoint"))
      ReadEntryPoint(metadata->At("entryPoint"));
    ReadInitialization(at, "initializationData");
  }

  void ReadEntryPoint(const json::Value& entry) {
    const std::string type = reader_.Word(entry, "'EntryPoint'", "Type", kEntryPoints);
    reader_.OnlyKnown(entry.AsObject(), "'EntryPoint'",
                      {"Type", "VoiceCallEntryPointParameters", "ChatEntryPointParameters"});
    if (type.empty()) return;
    const bool chat = type == "CHAT";
    const std::string_view key =
        chat ? "ChatEntryPointParameters" : "VoiceCallEntryPointParameters";
    if (chat) test_.channel = Channel::kChat;
    const json::Object* parameters = reader_.FindObject(entry, "'EntryPoint'", key);
    if (parameters == nullptr) return;
    const json::Value& at = entry.AsObject().At(key);
    if (chat) {
      reader_.OnlyKnown(*parameters, key, {"FlowId"});
      test_.flow = reader_.Text(at, key, "FlowId");
      return;
    }
    reader_.OnlyKnown(
        *parameters, key,
        {"FlowId", "SourcePhoneNumber", "DestinationPhoneNumber", "TranscriptionLanguageCodes"});
    test_.from = reader_.Text(at, key, "SourcePhoneNumber", false);
    const std::string dialled = reader_.Text(at, key, "DestinationPhoneNumber", false);
    test_.flow = reader_.Text(at, key, "FlowId", dialled.empty());
    if (dialled.empty() || (!test_.flow.empty() && reader_.IsStrict())) return;
    reader_.Say(at, test_.flow.empty() ? kMissingMember : kOtherMode,
                test_.flow.empty()
                    ? fmt::format("nobody knows here which flow '{}' leads to", dialled)
                    : "expected either 'FlowId' or 'DestinationPhoneNumber' but got both",
                "name the flow with 'FlowId' alone");
  }

  // A JSON text; only {"Attributes": {...}} has an effect.
  void ReadInitialization(const json::Value& parent, std::string_view key) {
    const std::string text = reader_.Text(parent, "a test case", key, false);
    if (text.empty()) return;
    const json::Value& at = parent.AsObject().At(key);
    const Result<json::Value> data = json::Parse(text);
    if (!data || !data->IsObject()) {
      reader_.Say(at, kWrongShape,
                  fmt::format("expected the text of a JSON object as '{}' such as "
                              "'{{\"Attributes\": {{...}}}}' but got '{}'",
                              key, text));
      return;
    }
    for (const json::Member& member : data->AsObject()) {
      if (member.key == "Attributes" && member.value.IsObject()) {
        test_.attributes = member.value.AsObject();
      } else if (member.key != "SegmentAttributes" || !member.value.IsObject() ||
                 !member.value.AsObject().empty()) {
        reader_.Say(at, kUnknownMember, fmt::format("'{}' of '{}' has no effect", member.key, key),
                    "attributes are in the object 'Attributes'");
      }
    }
  }

  void ReadContent(const json::Value& content) {
    const json::Array* observations = reader_.FindArray(content, "'Content'", "Observations");
    if (observations == nullptr) return;
    reader_.OnlyKnown(content.AsObject(), "'Content'",
                      {"$schema", "Version", "Metadata", "Observations"});
    reader_.Word(content, "'Content'", "Version", kVersions);
    if (reader_.FindObject(content, "'Content'", "Metadata", false))
      test_.rehearsal = ReadRehearsal(reader_, content.AsObject().At("Metadata"));
    if (observations->empty())
      reader_.Say(content, kMissingMember, "expected at least one observation");
    for (const json::Value& one : *observations) ReadObservation(one);
    for (const json::Value& one : *observations) CheckNext(one);
  }

  void ReadObservation(const json::Value& at) {
    Observation read;
    read.id = reader_.Text(at, "an observation", "Identifier");
    if (!at.IsObject()) return;
    reader_.OnlyKnown(at.AsObject(), "an observation",
                      {"Identifier", "Event", "Actions", "Usage", "Transitions"});
    if (read.id.size() > kLongestId)
      reader_.Say(at, kOutOfBounds,
                  fmt::format("expected an 'Identifier' of at most {} characters", kLongestId));
    if (!read.id.empty() && !ids_.insert(read.id).second)
      reader_.Say(at, kWrongName, fmt::format("observation '{}' is there twice", read.id));
    if (reader_.FindObject(at, "an observation", "Event"))
      read.event = ReadTestEvent(reader_, at.AsObject().At("Event"),
                                 fmt::format("the event of observation '{}'", read.id));
    if (reader_.FindObject(at, "an observation", "Usage", false))
      read.usage = ReadUsage(at.AsObject().At("Usage"));
    ReadActions(at, read);
    test_.observations.push_back(std::move(read));
  }

  Usage ReadUsage(const json::Value& at) {
    Usage usage;
    const std::string type = reader_.Word(at, "'Usage'", "Type", kUsages);
    reader_.OnlyKnown(at.AsObject(), "'Usage'", {"Type", "Times"});
    if (type == "AtLeast") usage.kind = Usage::Kind::kAtLeast;
    if (type == "AtMost") usage.kind = Usage::Kind::kAtMost;
    if (type == "Always" || type == "ANY") usage.kind = Usage::Kind::kAlways;
    const json::Value* times = at.AsObject().Find("Times");
    if (times == nullptr) {
      if (type == "Exactly" || type == "AtLeast" || type == "AtMost")
        reader_.Say(at, kMissingMember, fmt::format("expected 'Times' beside '{}'", type));
      return usage;
    }
    if (times->IsNumber() && times->AsInt() >= 1 && times->AsInt() <= 1000) {
      usage.times = static_cast<int>(times->AsInt());
    } else {
      reader_.Say(*times, kOutOfBounds, "expected a number from 1 to 1000 as 'Times'");
    }
    return usage;
  }

  // In the order of the array; NextAction of an action moves the one it names behind it.
  void ReadActions(const json::Value& at, Observation& read) {
    const json::Array* actions = reader_.FindArray(at, "an observation", "Actions", false);
    if (actions == nullptr) return;
    std::set<std::string> ids;
    for (const json::Value& action : *actions) {
      auto one = ReadTestAction(reader_, action, test_.channel == Channel::kChat);
      if (!one) continue;
      if (!ids.insert(one->id).second)
        reader_.Say(action, kWrongName, fmt::format("action '{}' is there twice", one->id));
      read.actions.push_back(std::move(*one));
    }
    if (!actions->empty() && ids.size() == actions->size()) Chain(*actions, read);
  }

  void Chain(const json::Array& actions, Observation& read) {
    std::map<std::string, std::string> next;
    std::set<std::string> led_to;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      const std::string what = fmt::format("action '{}'", read.actions[i].id);
      if (!reader_.FindObject(actions[i], what, "Transitions", false)) continue;
      const json::Value& transitions = actions[i].AsObject().At("Transitions");
      reader_.OnlyKnown(transitions.AsObject(), "'Transitions'", {"NextAction"});
      const std::string to = reader_.Text(transitions, "'Transitions'", "NextAction", false);
      if (to.empty()) continue;
      const bool known =
          std::ranges::any_of(read.actions, [&](const TestAction& one) { return one.id == to; });
      if (!known || !led_to.insert(to).second) {
        reader_.Say(transitions, kWrongName,
                    known ? fmt::format("action '{}' comes behind two others", to)
                          : fmt::format("observation '{}' has no action '{}'", read.id, to));
        return;
      }
      next[read.actions[i].id] = to;
    }
    Order(next, led_to, actions.front(), read);
  }

  void Order(const std::map<std::string, std::string>& next, const std::set<std::string>& led_to,
             const json::Value& at, Observation& read) {
    std::vector<TestAction> ordered;
    for (const TestAction& head : read.actions) {
      if (led_to.contains(head.id)) continue;
      std::string id = head.id;
      while (true) {
        ordered.push_back(*std::ranges::find(read.actions, id, &TestAction::id));
        const auto following = next.find(id);
        if (following == next.end()) break;
        id = following->second;
      }
    }
    if (ordered.size() != read.actions.size()) {
      reader_.Say(
          at, kWrongName,
          fmt::format("the actions of observation '{}' follow each other in a circle", read.id));
      return;
    }
    read.actions = std::move(ordered);
  }

  void CheckNext(const json::Value& at) {
    if (!reader_.FindObject(at, "an observation", "Transitions", false)) return;
    const json::Value& transitions = at.AsObject().At("Transitions");
    reader_.OnlyKnown(transitions.AsObject(), "'Transitions'", {"NextObservations"});
    const json::Array* next =
        reader_.FindArray(transitions, "'Transitions'", "NextObservations", false);
    if (next == nullptr) return;
    const std::string id(at.AsObject().GetString("Identifier"));
    const auto read = std::ranges::find(test_.observations, id, &Observation::id);
    for (const json::Value& one : *next) {
      if (!one.IsString() || !ids_.contains(one.AsString())) {
        const std::vector<std::string> known(ids_.begin(), ids_.end());
        const auto nearest = Nearest(one.IsString() ? one.AsString() : "", known);
        reader_.Say(
            one, kWrongName,
            fmt::format(
                "expected the 'Identifier' of an observation behind '{}' but got {}", id,
                one.IsString() ? fmt::format("'{}'", one.AsString()) : std::string(one.TypeName())),
            nearest ? fmt::format("did you mean '{}'?", *nearest) : "");
      } else if (read != test_.observations.end()) {
        read->next.push_back(one.AsString());
      }
    }
  }

  TestReader reader_;
  std::string file_;
  TestCase test_;
  std::set<std::string> ids_;
};

}  // namespace

ReadTest ReadTestCase(std::string_view text, std::string_view file, TestMode mode) {
  json::ReadOutcome outcome = json::Read(text, file, {.comments = true, .trailing_commas = true});
  if (!outcome.value) {
    for (Finding& finding : outcome.findings) finding.code = kWrongShape;
    return {.test = {}, .findings = std::move(outcome.findings)};
  }
  return Reader(text, file, mode).Read(*outcome.value);
}

}  // namespace trunkline::sim
