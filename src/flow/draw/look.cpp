#include "flow/draw/look.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/shown.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "flow/reference.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kMostLines = 5;
constexpr std::size_t kLongestSpoken = 100;
constexpr std::size_t kLongestLine = kLongestSpoken + 5;

// The parameters a box shows, by their last name. Others are details.
constexpr std::string_view kShownParameters[] = {
    "Text",
    "SSML",
    "PromptId",
    "Uri",
    "InitialMessage",
    "QueueId",
    "AgentId",
    "HoursOfOperationId",
    "LambdaFunctionARN",
    "ContactFlowId",
    "ContactFlowArn",
    "FlowModuleId",
    "AliasArn",
    "ComparisonValue",
    "MetricType",
    "LoopCount",
    "TimeLimitSeconds",
    "ThirdPartyPhoneNumber",
    "CallbackNumber",
    "TextToSpeechVoice",
    "LanguageCode",
    "FlowLoggingBehavior",
    "MediaStreamingState",
    "QueuePriority",
    "QueueTimeAdjustmentSeconds",
    "RecordedParticipants",
    "PreviousContactParticipantState",
    "WisdomAssistantArn",
    "DataTableId",
    "CaseTemplateId",
    "TaskTemplateId",
    "RoutingCriteria",
};
// Objects whose entries are the author's own: "key = value".
constexpr std::string_view kShownMaps[] = {"Attributes", "FlowAttributes", "EventHooks", "Tags",
                                           "LambdaInvocationAttributes"};

bool Among(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// What remains of SSML without its tags.
std::string WithoutTags(std::string_view text) {
  std::string plain;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    const char shown = in_tag || c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    if (shown != ' ' || (!plain.empty() && plain.back() != ' ')) plain += shown;
    if (c == '>') in_tag = false;
  }
  return std::string(Trim(plain));
}

class LineFinder {
 public:
  LineFinder(const Words& words, const Action& action) : words_(words), action_(action) {}

  std::vector<std::string> Find() {
    for (const json::Member& member : action_.parameters)
      Look(member.key, member.value, "Parameters." + member.key);
    const std::size_t more = lines_.size() > kMostLines ? lines_.size() - kMostLines + 1 : 0;
    if (more == 0) return std::move(lines_);
    lines_.resize(kMostLines - 1);
    lines_.push_back(fmt::format("and {} more", more));
    return std::move(lines_);
  }

 private:
  void Look(std::string_view key, const json::Value& value, const std::string& path) {
    if (value.IsObject() && Among(kShownMaps, key)) {
      for (const json::Member& entry : value.AsObject())
        Add(fmt::format("{} = {}", entry.key, TextOf(entry.value, path + "." + entry.key)));
    } else if (value.IsObject()) {
      for (const json::Member& member : value.AsObject())
        Look(member.key, member.value, path + "." + member.key);
    } else if (value.IsArray() && key == "Messages") {
      for (std::size_t at = 0; at < value.AsArray().size(); ++at)
        Look(key, value.AsArray()[at], fmt::format("{}[{}]", path, at));
    } else if (Among(kShownParameters, key)) {
      Add(TextOf(value, path));
    } else if (key == "Name" && path.ends_with("LexBot.Name")) {
      Add(TextOf(value, path));
    }
  }

  std::string TextOf(const json::Value& value, const std::string& path) const {
    if (value.IsArray()) {
      std::vector<std::string> items;
      for (const json::Value& item : value.AsArray())
        if (item.IsString()) items.push_back(item.AsString());
      return items.empty() ? "nobody" : Join(items, ", ");
    }
    if (value.IsString() && (path.ends_with("Text") || path.ends_with("SSML")))
      return Spoken(value.AsString());
    if (value.IsString() && WholePath(value.AsString())) return value.AsString();
    std::string text = words_.Value(action_, path, value);
    const bool quoted = text.size() > 2 && text.front() == '\'' && text.back() == '\'';
    // Quotes are for what callers hear; a word needs none.
    if (quoted && text.find(' ') == std::string::npos) return text.substr(1, text.size() - 2);
    return text;
  }

  // In quotes, but for a reference alone.
  static std::string Spoken(const std::string& text) {
    if (WholePath(text)) return text;
    const std::string plain = text.find("<speak") == std::string::npos ? text : WithoutTags(text);
    return fmt::format("'{}'", Shown(plain, kLongestSpoken));
  }

  void Add(const std::string& text) { lines_.push_back(Shown(text, kLongestLine)); }

  const Words& words_;
  const Action& action_;
  std::vector<std::string> lines_;
};

}  // namespace

DrawFamily FamilyOf(const Action& action) {
  const ActionKind* kind = FindActionKind(action.type);
  if (kind == nullptr) return DrawFamily::kCall;
  if (kind->next == Next::kTerminal || kind->name.starts_with("Transfer") ||
      kind->name.starts_with("Dequeue"))
    return DrawFamily::kLeave;
  if (kind->name.starts_with("Update") && kind->category != Category::kInteraction)
    return kind->name.ends_with("Case") ? DrawFamily::kCall : DrawFamily::kSet;
  switch (kind->category) {
    case Category::kParticipant:
      return DrawFamily::kTalk;
    case Category::kFlowControl:
      return DrawFamily::kBranch;
    case Category::kContact:
    case Category::kInteraction:
      return DrawFamily::kCall;
  }
  return DrawFamily::kCall;
}

std::vector<std::string> LinesOf(const Words& words, const Action& action) {
  return LineFinder(words, action).Find();
}

std::vector<std::string> WrapText(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t length = 0;  // characters of `line`
  const auto end_line = [&] {
    lines.push_back(std::move(line));
    line.clear();
    length = 0;
  };
  for (const std::string_view word : Split(text, ' ')) {
    const std::size_t characters = CountCodePoints(word);
    if (length > 0 && length + 1 + characters > width) end_line();
    if (length > 0) line += ' ';
    length += characters + (length > 0 ? 1 : 0);
    line += word;
  }
  if (!line.empty() || lines.empty()) end_line();
  return lines;
}

BoxColours ColoursOf(const DrawnBox& box, bool in_diff) {
  switch (box.mark) {
    case DrawMark::kAdded:
    case DrawMark::kTaken:
      return {.band = "#15803d", .border = "#15803d"};
    case DrawMark::kRemoved:
    case DrawMark::kMissed:
      return {.band = "#b91c1c", .border = "#b91c1c"};
    case DrawMark::kChanged:
      return {.band = "#b45309", .border = "#b45309"};
    case DrawMark::kSame:
      break;
  }
  if (in_diff) return {.band = "#94a3b8", .border = "#cbd5e1"};
  constexpr std::string_view kBorder = "#cbd5e1";
  switch (box.family) {
    case DrawFamily::kTalk:
      return {.band = "#2563eb", .border = kBorder};
    case DrawFamily::kSet:
      return {.band = "#0f766e", .border = kBorder};
    case DrawFamily::kBranch:
      return {.band = "#7c3aed", .border = kBorder};
    case DrawFamily::kCall:
      return {.band = "#c2410c", .border = kBorder};
    case DrawFamily::kLeave:
      return {.band = "#334155", .border = kBorder};
  }
  return {.band = "#334155", .border = kBorder};
}

std::string_view ColourOf(DrawMark mark, bool is_error, bool in_diff) {
  switch (mark) {
    case DrawMark::kAdded:
    case DrawMark::kTaken:
      return "#15803d";
    case DrawMark::kRemoved:
    case DrawMark::kMissed:
      return "#b91c1c";
    case DrawMark::kChanged:
      return "#b45309";
    case DrawMark::kSame:
      break;
  }
  if (in_diff) return "#94a3b8";
  return is_error ? "#9f1239" : "#475569";
}

}  // namespace trunkline::flow
