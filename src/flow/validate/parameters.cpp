// An action's parameters against its row in the catalogue.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/catalogue.h"
#include "flow/reference.h"
#include "flow/validate/report.h"
#include "flow/validate/texts.h"

namespace trunkline::flow {
namespace {

std::string BareNames(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", word);
  return text;
}

class Checker {
 public:
  Checker(const Action& action, const ActionKind& kind, Report& report)
      : action_(action), kind_(kind), report_(report), texts_(action, kind, report) {}

  void Check() {
    CheckMembers(action_.parameters, kind_.parameters, kind_.groups, "Parameters",
                 ParametersOffset());
  }

 private:
  std::uint32_t ParametersOffset() const {
    const json::Value& actions = report_.document().content.AsObject().At("Actions");
    const json::Value* parameters = actions.AsArray()[action_.index].AsObject().Find("Parameters");
    return parameters == nullptr ? action_.offset : parameters->offset();
  }

  // The members of Parameters or of an object inside.
  void CheckMembers(const json::Object& object, std::span<const Parameter> rows,
                    std::span<const ParameterGroup> groups, const std::string& path,
                    std::uint32_t offset) {
    for (const json::Member& member : object) CheckMember(member, rows, path);
    for (const Parameter& row : rows) {
      const bool needed =
          row.need == Need::kRequired || (row.need == Need::kRequiredStrict && report_.strict());
      if (needed && row.when.Holds(action_.parameters) && !object.Has(row.name))
        Missing(row, path, offset);
    }
    for (const ParameterGroup& group : groups) CheckGroup(object, group, path, offset);
  }

  void Missing(const Parameter& row, const std::string& path, std::uint32_t offset) {
    const std::string reason =
        row.when.words.empty() ? "" : fmt::format(", because {}", row.when.words);
    report_.Error(
        {.code = "TL-F107",
         .message = texts_.InAction(fmt::format("'{}' needs '{}'{}", path, row.name, reason)),
         .hint = {},
         .problem = fmt::format("Action is missing required property. Path: {}",
                                WirePath(action_, path + "." + std::string(row.name))),
         .offset = offset});
  }

  void CheckMember(const json::Member& member, std::span<const Parameter> rows,
                   const std::string& path) {
    const std::string here = path + "." + member.key;
    const auto row = std::ranges::find(rows, member.key, &Parameter::name);
    if (row == rows.end()) {
      if (!kind_.open) Unknown(member, rows, here);
      return;
    }
    if (!row->when.Holds(action_.parameters)) {
      report_.Error({.code = "TL-F106",
                     .message = texts_.InAction(
                         fmt::format("'{}' is refused unless {}", here, row->when.words)),
                     .hint = {},
                     .problem = fmt::format("Invalid Action property name. Path: {}",
                                            WirePath(action_, here)),
                     .offset = member.key_offset});
      return;
    }
    CheckStanding(member, *row, here);
    CheckValue(member.value, *row, here);
  }

  void Unknown(const json::Member& member, std::span<const Parameter> rows,
               const std::string& here) {
    std::vector<std::string> names;
    for (const Parameter& row : rows) names.emplace_back(row.name);
    const std::optional<std::string> nearest = Nearest(member.key, names);
    if (!nearest && !kind_.undocumented.empty()) return Undocumented(member, here);
    std::string hint;
    if (nearest) {
      hint = fmt::format("did you mean '{}'?", *nearest);
    } else if (!names.empty()) {
      hint = fmt::format("known here: {}", Join(names, ", "));
    }
    report_.Error(
        {.code = "TL-F106",
         .message = texts_.InAction(fmt::format("there is no parameter '{}'", here)),
         .hint = std::move(hint),
         .problem = fmt::format("Invalid Action property name. Path: {}", WirePath(action_, here)),
         .offset = member.key_offset});
  }

  void Undocumented(const json::Member& member, const std::string& here) {
    report_.StrictError(
        {.code = "TL-F106",
         .message = texts_.InAction(fmt::format("'{}' is not known, so it is not judged", here)),
         .hint = fmt::format("nobody documents the form of {}", kind_.undocumented),
         .problem = fmt::format("Invalid Action property name. Path: {}", WirePath(action_, here)),
         .offset = member.key_offset});
  }

  void CheckStanding(const json::Member& member, const Parameter& row, const std::string& here) {
    const std::string problem =
        fmt::format("Invalid Action property name. Path: {}", WirePath(action_, here));
    if (row.standing == Standing::kExportedOnly) {
      report_.StrictError(
          {.code = "TL-F106",
           .message = texts_.InAction(
               fmt::format("'{}' is in console exports only; the API was seen to refuse it", here)),
           .hint = {},
           .problem = problem,
           .offset = member.key_offset});
    } else if (row.standing == Standing::kDocumentedOnly && !report_.strict()) {
      report_.Error({.code = "TL-F106",
                     .message = texts_.InAction(
                         fmt::format("'{}' is documented, but the service refuses it", here)),
                     .hint = {},
                     .problem = problem,
                     .offset = member.key_offset});
    }
  }

  void CheckGroup(const json::Object& object, const ParameterGroup& group, const std::string& path,
                  std::uint32_t offset) {
    if (!group.when.Holds(action_.parameters) ||
        (group.need == Need::kRequiredStrict && !report_.strict()))
      return;
    const auto count =
        std::ranges::count_if(group.names, [&](std::string_view name) { return object.Has(name); });
    using Count = ParameterGroup::Count;
    if (count > 1 && group.count != Count::kAtLeastOne) {
      report_.Error(
          {.code = "TL-F110",
           .message = texts_.InAction(fmt::format("'{}' takes only one of {} but has {}", path,
                                                  QuotedNames(group.names), count)),
           .hint = {},
           .problem = fmt::format("Only one of these properties may be defined. Properties: [{}]",
                                  BareNames(group.names)),
           .offset = offset});
    } else if (count == 0 && group.count != Count::kAtMostOne) {
      report_.Error(
          {.code = "TL-F110",
           .message =
               texts_.InAction(fmt::format("'{}' needs one of {}", path, QuotedNames(group.names))),
           .hint = {},
           .problem = fmt::format("At least one of [{}] must be set", BareNames(group.names)),
           .offset = offset});
    }
  }

  void CheckValue(const json::Value& value, const Parameter& row, const std::string& path) {
    if (row.strict_form && !report_.strict()) return CheckJson(value, path, 0);
    const bool takes_path = row.type == ValueType::kObject || row.type == ValueType::kObjectList;
    if (takes_path && row.value != ValueKind::kStatic && value.IsString() &&
        WholePath(value.AsString()))
      return texts_.CheckText(value.AsString(), row, path, value.offset());
    switch (row.type) {
      case ValueType::kTextList:
        return CheckTextList(value, row, path);
      case ValueType::kMap:
        return CheckMap(value, row, path);
      case ValueType::kObject:
        return CheckObject(value, row, path);
      case ValueType::kObjectList:
        return CheckObjectList(value, row, path);
      case ValueType::kJson:
        return CheckJson(value, path, 0);
      default:
        return CheckScalar(value, row, path);
    }
  }

  bool Expect(const json::Value& value, bool fits, std::string_view expected,
              const std::string& path) {
    if (!fits) {
      report_.Error(texts_.Value(
          fmt::format("expected '{}' to be {} but got {}", path, expected, value.TypeName()), "",
          path, value.offset()));
    }
    return fits;
  }

  // Text; the service was seen to take JSON numbers and booleans in some places, so those are
  // warned about.
  void CheckScalar(const json::Value& value, const Parameter& row, const std::string& path) {
    if (value.IsNumber() || value.IsBool()) {
      const std::string text = value.IsNumber() ? value.AsNumber().text
                               : value.AsBool() ? "true"
                                                : "false";
      report_.StrictError(texts_.Value(
          fmt::format("expected '{}' to be a string but got {}", path, value.TypeName()),
          fmt::format("write \"{}\"", text), path, value.offset()));
      return texts_.CheckText(text, row, path, value.offset());
    }
    if (Expect(value, value.IsString(), "a string", path))
      texts_.CheckText(value.AsString(), row, path, value.offset());
  }

  void CheckTextList(const json::Value& value, const Parameter& row, const std::string& path) {
    if (!Expect(value, value.IsArray(), "an array", path)) return;
    CheckCount(value.AsArray().size(), row, path, value.offset());
    for (const json::Value& item : value.AsArray()) {
      if (!Expect(item, item.IsString(), "an array of strings", path)) continue;
      if (item.AsString().empty()) {
        texts_.Empty(path, item.offset());
      } else if (!HasReference(item.AsString())) {
        texts_.CheckWord(item.AsString(), row.words, path, item.offset());
      }
    }
  }

  void CheckCount(std::size_t size, const Parameter& row, const std::string& path,
                  std::uint32_t offset) {
    const auto count = static_cast<std::int64_t>(size);
    if (count < row.minimum) {
      report_.Error(
          texts_.Value(fmt::format("expected '{}' to have at least {} entries but it has {}", path,
                                   row.minimum, count),
                       "", path, offset));
    } else if (count > row.maximum) {
      Report::Entry entry =
          texts_.Value(fmt::format("expected '{}' to have at most {} entries but it has {}", path,
                                   row.maximum, count),
                       "", path, offset);
      entry.problem = fmt::format("More than {} {} in {}", row.maximum, ToLower(row.name), path);
      report_.Error(std::move(entry));
    }
  }

  void CheckMap(const json::Value& value, const Parameter& row, const std::string& path) {
    if (!Expect(value, value.IsObject(), "an object", path)) return;
    CheckCount(value.AsObject().size(), row, path, value.offset());
    for (const ParameterGroup& group : row.groups) {
      if (row.members().empty()) CheckGroup(value.AsObject(), group, path, value.offset());
    }
    for (const json::Member& entry : value.AsObject()) {
      const std::string here = path + "." + entry.key;
      if (!HasReference(entry.key)) texts_.CheckWord(entry.key, row.words, path, entry.key_offset);
      if (!row.members().empty()) {
        CheckObject(entry.value, row, here);
      } else {
        CheckMapValue(entry.value, row, path, here);
      }
    }
  }

  void CheckMapValue(const json::Value& value, const Parameter& row, const std::string& path,
                     const std::string& here) {
    if (value.IsString() && value.AsString().empty()) {
      Report::Entry entry =
          texts_.Value(fmt::format("'{}' is empty, which the service refuses", here),
                       "a blank is accepted; leave the entry out", here, value.offset(), "TL-F109");
      entry.problem = fmt::format("Empty value in {}", path);
      return report_.Error(std::move(entry));
    }
    Parameter item = row;
    item.type = ValueType::kText;
    item.minimum = std::numeric_limits<std::int64_t>::min();
    item.maximum = std::numeric_limits<std::int64_t>::max();
    CheckScalar(value, item, here);
  }

  void CheckObject(const json::Value& value, const Parameter& row, const std::string& path) {
    if (!Expect(value, value.IsObject(), "an object", path)) return;
    CheckMembers(value.AsObject(), row.members(), row.groups, path, value.offset());
  }

  void CheckObjectList(const json::Value& value, const Parameter& row, const std::string& path) {
    if (!Expect(value, value.IsArray(), "an array", path)) return;
    if (value.AsArray().empty()) {
      report_.Error(texts_.Value(fmt::format("expected '{}' to have an entry", path), "", path,
                                 value.offset()));
    }
    CheckCount(value.AsArray().size(), row, path, value.offset());
    for (std::size_t i = 0; i < value.AsArray().size(); ++i) {
      CheckObject(value.AsArray()[i], row, fmt::format("{}[{}]", path, i));
    }
  }

  // Free JSON: only empty texts right below are known to be refused (older exports have them deep
  // in view data).
  void CheckJson(const json::Value& value, const std::string& path, int depth) {
    if (value.IsString() && value.AsString().empty() && depth <= 1)
      return texts_.Empty(path, value.offset());
    if (!value.IsObject()) return;
    for (const json::Member& member : value.AsObject())
      CheckJson(member.value, path + "." + member.key, depth + 1);
  }

  const Action& action_;
  const ActionKind& kind_;
  Report& report_;
  TextCheck texts_;
};

}  // namespace

void ValidateParameters(const Action& action, const ActionKind& kind, Report& report) {
  Checker(action, kind, report).Check();
}

}  // namespace trunkline::flow
