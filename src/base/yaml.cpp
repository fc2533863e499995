#include "base/yaml.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <yaml.h>

#include "base/text.h"

namespace trunkline::yaml {
namespace {

constexpr std::string_view kMergeKey = "<<";

// One of libyaml's events, freed with it.
class Event {
 public:
  Event() : event_{} {}
  ~Event() { yaml_event_delete(&event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  yaml_event_t* get() { return &event_; }
  yaml_event_type_t type() const { return event_.type; }
  yaml_mark_t mark() const { return event_.start_mark; }
  const yaml_event_t* operator->() const { return &event_; }

 private:
  yaml_event_t event_;
};

std::string_view Text(const yaml_char_t* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?
bool IsJsonNumber(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t whole = at;
  if (digits() == 0 || (text[whole] == '0' && at > whole + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

json::Value PlainScalar(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (IsJsonNumber(text)) return json::Number{std::string(text)};
  return text;
}

// What a key is in an object, whose keys are texts.
std::optional<std::string> KeyText(const json::Value& key) {
  if (key.IsString()) return key.AsString();
  if (key.IsNumber()) return key.AsNumber().text;
  if (key.IsBool()) return key.AsBool() ? "true" : "false";
  if (key.IsNull()) return "null";
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view text, const ReadOptions& options) : text_(text), options_(options) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
    for (std::size_t at = 0; at != std::string_view::npos; at = NextLine(at)) {
      line_starts_.push_back(at);
    }
  }
  ~Reader() { yaml_parser_delete(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Result<json::Value> Document() {
    TL_DO(Expect(YAML_STREAM_START_EVENT));
    Event start;
    TL_DO(Next(start));
    if (start.type() == YAML_STREAM_END_EVENT) return json::Value();
    Event first;
    TL_DO(Next(first));
    TL_TRY(json::Value value, Node(first, 0));
    TL_DO(Expect(YAML_DOCUMENT_END_EVENT));
    Event end;
    TL_DO(Next(end));
    if (end.type() != YAML_STREAM_END_EVENT) {
      return Refuse(end.mark(), "expected one document but there is another");
    }
    return value;
  }

 private:
  // A finished node that has an anchor, and how many nodes it is.
  struct Anchored {
    json::Value value;
    std::size_t nodes = 0;
  };

  std::size_t NextLine(std::size_t at) const {
    const std::size_t end = text_.find('\n', at);
    return end == std::string_view::npos ? end : end + 1;
  }

  // libyaml counts characters, we count bytes.
  std::uint32_t Offset(yaml_mark_t mark) const {
    if (mark.line >= line_starts_.size()) return static_cast<std::uint32_t>(text_.size());
    std::size_t at = line_starts_[mark.line];
    if (mark.line == 0 && text_.starts_with("\xEF\xBB\xBF")) at += 3;
    for (std::size_t column = 0; column < mark.column && at < text_.size(); ++column) {
      ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) ++at;
    }
    return static_cast<std::uint32_t>(at);
  }

  Error Refuse(yaml_mark_t mark, std::string_view what) const {
    return Error(ErrorKind::kInvalid, "{}, at line {} column {}", what, mark.line + 1,
                 mark.column + 1);
  }

  Result<void> Next(Event& event) {
    if (yaml_parser_parse(&parser_, event.get()) != 0) return {};
    const char* problem = parser_.problem == nullptr ? "not YAML" : parser_.problem;
    return Refuse(parser_.error == YAML_READER_ERROR ? parser_.mark : parser_.problem_mark,
                  problem);
  }

  Result<void> Expect(yaml_event_type_t type) {
    Event event;
    TL_DO(Next(event));
    if (event.type() == type) return {};
    return Refuse(event.mark(), "expected the start or the end of a document");
  }

  Result<void> Count(yaml_mark_t mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ <= options_.max_nodes) return {};
    return Refuse(mark, fmt::format("more than {} values", options_.max_nodes));
  }

  Result<json::Value> Node(const Event& event, int depth) {
    if (depth > options_.max_depth) {
      return Refuse(event.mark(), fmt::format("nested deeper than {}", options_.max_depth));
    }
    if (event.type() == YAML_ALIAS_EVENT) return Alias(event);
    const std::size_t before = nodes_;
    TL_DO(Count(event.mark(), 1));
    std::string_view anchor;
    std::string_view tag;
    TL_TRY(json::Value value, Content(event, depth, anchor, tag));
    value.set_offset(Offset(event.mark()));
    if (!tag.empty()) {
      TL_TRY(value, Tagged(event, tag, std::move(value)));
      value.set_offset(Offset(event.mark()));
    }
    if (!anchor.empty()) {
      if (!options_.aliases) return Refuse(event.mark(), "anchors are not taken here");
      anchors_[std::string(anchor)] = {.value = value, .nodes = nodes_ - before};
    }
    return value;
  }

  Result<json::Value> Content(const Event& event, int depth, std::string_view& anchor,
                              std::string_view& tag) {
    if (event.type() == YAML_SCALAR_EVENT) {
      const auto& scalar = event->data.scalar;
      anchor = Text(scalar.anchor);
      tag = Text(scalar.tag);
      const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
      const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
      return plain && tag.empty() ? PlainScalar(text) : json::Value(text);
    }
    if (event.type() == YAML_SEQUENCE_START_EVENT) {
      anchor = Text(event->data.sequence_start.anchor);
      tag = Text(event->data.sequence_start.tag);
      return Sequence(depth);
    }
    if (event.type() == YAML_MAPPING_START_EVENT) {
      anchor = Text(event->data.mapping_start.anchor);
      tag = Text(event->data.mapping_start.tag);
      return Mapping(depth);
    }
    return Refuse(event.mark(), "expected a value");
  }

  Result<json::Value> Sequence(int depth) {
    json::Array items;
    for (;;) {
      Event event;
      TL_DO(Next(event));
      if (event.type() == YAML_SEQUENCE_END_EVENT) return json::Value(std::move(items));
      TL_TRY(json::Value item, Node(event, depth + 1));
      items.push_back(std::move(item));
    }
  }

  Result<json::Value> Mapping(int depth) {
    json::Object members;
    std::vector<json::Value> merged;
    for (;;) {
      Event event;
      TL_DO(Next(event));
      if (event.type() == YAML_MAPPING_END_EVENT) break;
      TL_TRY(const json::Value key, Node(event, depth + 1));
      const std::optional<std::string> name = KeyText(key);
      if (!name) return Refuse(event.mark(), "expected a text as key");
      Event after;
      TL_DO(Next(after));
      TL_TRY(json::Value value, Node(after, depth + 1));
      if (options_.aliases && *name == kMergeKey) {
        merged.push_back(std::move(value));
        continue;
      }
      const bool added = members.Append(
          {.key = *name, .value = std::move(value), .key_offset = Offset(event.mark())});
      if (!added) return Refuse(event.mark(), fmt::format("the key '{}' stands twice", *name));
    }
    for (const json::Value& source : merged) Merge(source, members);
    return json::Value(std::move(members));
  }

  // What stands in the mapping itself wins, then the first source that has the key.
  static void Merge(const json::Value& source, json::Object& into) {
    if (source.IsArray()) {
      for (const json::Value& each : source.AsArray()) Merge(each, into);
    }
    if (!source.IsObject()) return;
    for (const json::Member& member : source.AsObject()) {
      if (!into.Has(member.key)) into.Set(member.key, member.value);
    }
  }

  Result<json::Value> Alias(const Event& event) {
    if (!options_.aliases) return Refuse(event.mark(), "aliases are not taken here");
    const auto found = anchors_.find(std::string(Text(event->data.alias.anchor)));
    if (found == anchors_.end()) {
      return Refuse(event.mark(), fmt::format("the anchor '{}' is not defined before this",
                                              Text(event->data.alias.anchor)));
    }
    TL_DO(Count(event.mark(), found->second.nodes));
    return found->second.value;
  }

  // "!Sub" is local; "tag:yaml.org,2002:str" and its like are YAML's own; "!" alone says "a text".
  Result<json::Value> Tagged(const Event& event, std::string_view tag, json::Value value) {
    constexpr std::string_view kStandard = "tag:yaml.org,2002:";
    if (tag == "!") return value;
    if (tag.starts_with(kStandard)) return Standard(event, tag.substr(kStandard.size()), value);
    if (!tag.starts_with("!") || !options_.local_tag) {
      return Refuse(event.mark(), fmt::format("the tag '{}' is not known", tag));
    }
    Result<json::Value> made = options_.local_tag(tag.substr(1), std::move(value));
    if (!made) return Refuse(event.mark(), made.error().message());
    return made;
  }

  Result<json::Value> Standard(const Event& event, std::string_view tag, json::Value& value) {
    if (tag == "str" || !value.IsString()) return std::move(value);
    if (tag == "int" || tag == "float" || tag == "bool" || tag == "null") {
      return PlainScalar(value.AsString());
    }
    return Refuse(event.mark(), fmt::format("the tag '!!{}' is not known", tag));
  }

  std::string_view text_;
  const ReadOptions& options_;
  yaml_parser_t parser_{};
  std::vector<std::size_t> line_starts_;
  std::map<std::string, Anchored> anchors_;
  std::size_t nodes_ = 0;
};

}  // namespace

Result<json::Value> Parse(std::string_view text, const ReadOptions& options) {
  return Reader(text, options).Document();
}

}  // namespace trunkline::yaml
