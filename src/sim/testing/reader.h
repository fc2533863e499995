// What reading a test case's parts shares: members by name with findings about what is wrong.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/finding.h"
#include "base/json.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::sim {

inline constexpr std::string_view kWrongShape = "TL-T001";
inline constexpr std::string_view kUnknownMember = "TL-T002";
inline constexpr std::string_view kMissingMember = "TL-T003";
inline constexpr std::string_view kUnknownWord = "TL-T004";
inline constexpr std::string_view kWrongName = "TL-T005";  // not there, or there twice
inline constexpr std::string_view kOtherMode = "TL-T006";  // the other mode takes it
inline constexpr std::string_view kOutOfBounds = "TL-T007";

class TestReader {
 public:
  TestReader(std::string_view text, std::string_view file, TestMode mode)
      : text_(text), file_(file), mode_(mode) {}

  TestMode mode() const { return mode_; }
  bool IsStrict() const { return mode_ == TestMode::kStrict; }
  Findings& findings() { return findings_; }

  // Places are in `content` from now on: a text within the file's, at `at`.
  void Enter(std::string_view content, const json::Value& at);

  void Say(const json::Value& at, std::string_view code, std::string message,
           std::string hint = {});
  // In the file.
  Place PlaceOf(const json::Value& at) const;
  // Members that are none of `known`.
  void OnlyKnown(const json::Object& object, std::string_view what,
                 std::initializer_list<std::string_view> known);
  // A member of the wrong type is a finding and nullptr; so is a missing one that is `required`.
  const json::Object* FindObject(const json::Value& parent, std::string_view what,
                                 std::string_view key, bool required = true);
  const json::Array* FindArray(const json::Value& parent, std::string_view what,
                               std::string_view key, bool required = true);
  std::string Text(const json::Value& parent, std::string_view what, std::string_view key,
                   bool required = true);
  // One of `words`; "" otherwise, and that is a finding.
  std::string Word(const json::Value& parent, std::string_view what, std::string_view key,
                   std::span<const std::string_view> words);

 private:
  const json::Value* Member(const json::Value& parent, std::string_view what, std::string_view key,
                            bool required);

  std::string_view text_, file_;
  TestMode mode_;
  Findings findings_;
  std::optional<Place> outer_;  // of the text that `text_` is written in
  std::string outer_line_;
};

// sim/testing/read_events.cpp
TestEvent ReadTestEvent(TestReader& reader, const json::Value& event, std::string_view what);
// sim/testing/read_actions.cpp; `chat`: the entry point is a chat.
std::optional<TestAction> ReadTestAction(TestReader& reader, const json::Value& action, bool chat);

// sim/testing/read_rehearsal.cpp: the member "Rehearsal" of `metadata`, an object.
RehearsalSetting ReadRehearsal(TestReader& reader, const json::Value& metadata);

// The resource of a flow action in Properties {ActionType, ActionParameters}. `types`: those that
// are possible here.
struct FlowActionTarget {
  std::string type, resource;
};
FlowActionTarget ReadFlowActionTarget(TestReader& reader, const json::Value& properties,
                                      std::string_view what,
                                      std::span<const std::string_view> types);

}  // namespace trunkline::sim
