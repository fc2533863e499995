#include "flow/subject.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "flow/content_slot.h"

namespace trunkline::flow {
namespace {

struct Step {
  std::string key;
  bool is_index = false;
};

std::string Escaped(std::string_view key) {
  return Replace(Replace(key, "~", "~0"), "/", "~1");
}

std::string Pointer(const std::vector<Step>& steps, std::size_t from, bool with_indexes) {
  std::string pointer;
  for (std::size_t i = from; i < steps.size(); ++i) {
    if (with_indexes || !steps[i].is_index) pointer += "/" + Escaped(steps[i].key);
  }
  return pointer;
}

// Where an offset leads to: the deepest value that begins before it.
class Descent {
 public:
  explicit Descent(const Document& document)
      : document_(document), slot_(FindContentSlot(document.format, document.root)) {}

  void Run(std::uint32_t file_offset) {
    if (document_.root.IsNull()) {
      begin_of_content_ = 0;
      return Into(document_.content, file_offset);
    }
    Into(document_.root, file_offset);
  }

  const std::vector<Step>& steps() const { return steps_; }
  // How many steps lead to the content; nothing when the place is beside it.
  std::optional<std::size_t> begin_of_content() const { return begin_of_content_; }

 private:
  void Into(const json::Value& value, std::uint32_t offset) {
    if (&value == slot_) {
      begin_of_content_ = steps_.size();
      if (value.IsString()) return Into(document_.content, ContentOffset(document_, offset));
    }
    if (value.IsObject()) IntoObject(value.AsObject(), offset);
    if (value.IsArray()) IntoArray(value.AsArray(), offset);
  }

  void IntoObject(const json::Object& object, std::uint32_t offset) {
    const json::Member* last = nullptr;
    for (const json::Member& member : object) {
      if (member.key_offset <= offset) last = &member;
    }
    if (last == nullptr) return;
    steps_.push_back({.key = last->key});
    if (last->value.offset() <= offset) Into(last->value, offset);
  }

  void IntoArray(const json::Array& array, std::uint32_t offset) {
    std::size_t count = 0;
    while (count < array.size() && array[count].offset() <= offset) ++count;
    if (count == 0) return;
    steps_.push_back({.key = std::to_string(count - 1), .is_index = true});
    Into(array[count - 1], offset);
  }

  const Document& document_;
  const json::Value* slot_;
  std::vector<Step> steps_;
  std::optional<std::size_t> begin_of_content_;
};

std::uint32_t OffsetOf(std::string_view text, const Place& place) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return static_cast<std::uint32_t>(at + (place.column == 0 ? 0 : place.column - 1));
}

// Fills in the action that the steps lead into, if any; returns how many of them lead to it.
std::size_t NoteAction(const Document& document, const std::vector<Step>& steps, std::size_t begin,
                       Subject& subject) {
  const auto is = [&](std::size_t step, std::string_view key) {
    return steps.size() > begin + step + 1 && steps[begin + step].key == key;
  };
  const Action* action = nullptr;
  std::size_t count = 0;
  if (is(0, "Actions") && steps[begin + 1].is_index) {
    const std::size_t index = std::stoul(steps[begin + 1].key);
    const auto found = std::ranges::find(document.actions, index, &Action::index);
    action = found == document.actions.end() ? nullptr : &*found;
    count = 2;
  } else if (is(0, "Metadata") && is(1, "ActionMetadata")) {
    action = document.FindAction(steps[begin + 2].key);
    count = 3;
  }
  if (action == nullptr) return begin;
  subject.action = action->id;
  if (const ActionKind* kind = FindActionKind(action->type)) subject.block = kind->block;
  return begin + count;
}

std::string NameOf(const Document& document) {
  if (!document.name.empty()) return document.name;
  const std::string file = FileName(document.file);
  return file.ends_with(".json") ? file.substr(0, file.size() - 5) : file;
}

}  // namespace

Subject SubjectOf(const Document& document, const Place& place) {
  Subject subject{.flow = NameOf(document), .action = {}, .block = {}, .pointer = {}, .part = {}};
  if (place.line == 0) return subject;
  Descent descent(document);
  descent.Run(OffsetOf(document.text, place));
  subject.pointer = Pointer(descent.steps(), 0, true);
  std::size_t begin = descent.begin_of_content().value_or(0);
  if (descent.begin_of_content()) begin = NoteAction(document, descent.steps(), begin, subject);
  subject.part = Pointer(descent.steps(), begin, false);
  return subject;
}

}  // namespace trunkline::flow
