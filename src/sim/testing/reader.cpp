#include "sim/testing/reader.h"

#include <algorithm>
#include <vector>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::sim {
namespace {

std::string DidYouMean(std::string_view word, std::span<const std::string_view> words) {
  const std::vector<std::string> candidates(words.begin(), words.end());
  const auto nearest = Nearest(word, candidates);
  if (nearest) return fmt::format("did you mean '{}'?", *nearest);
  return fmt::format("there is {}", Join(candidates, ", "));
}

}  // namespace

void TestReader::Enter(std::string_view content, const json::Value& at) {
  outer_ = json::Locate(text_, at.offset(), file_, 1);
  outer_line_ = fmt::format("\"Content\": ...");
  text_ = content;
}

Place TestReader::PlaceOf(const json::Value& at) const {
  const std::uint32_t offset = at.offset() == json::kNoOffset ? 0 : at.offset();
  return outer_ ? *outer_ : json::Locate(text_, offset, file_, json::TokenLength(text_, offset));
}

void TestReader::Say(const json::Value& at, std::string_view code, std::string message,
                     std::string hint) {
  const std::uint32_t offset = at.offset() == json::kNoOffset ? 0 : at.offset();
  Finding finding{.code = std::string(code),
                  .message = std::move(message),
                  .hint = std::move(hint),
                  .place = json::Locate(text_, offset, file_, json::TokenLength(text_, offset)),
                  .source_line = std::string(json::LineAt(text_, offset))};
  if (outer_) {
    finding.message +=
        fmt::format(" (line {} column {} of 'Content')", finding.place.line, finding.place.column);
    finding.place = *outer_;
    finding.source_line.text = outer_line_;
  }
  findings_.push_back(std::move(finding));
}

void TestReader::OnlyKnown(const json::Object& object, std::string_view what,
                           std::initializer_list<std::string_view> known) {
  for (const json::Member& member : object) {
    if (std::ranges::find(known, member.key) != known.end()) continue;
    json::Value at;
    at.set_offset(member.key_offset);
    Say(at, kUnknownMember, fmt::format("{} has no member '{}'", what, member.key),
        DidYouMean(member.key, std::span(known.begin(), known.size())));
  }
}

const json::Value* TestReader::Member(const json::Value& parent, std::string_view what,
                                      std::string_view key, bool required) {
  if (!parent.IsObject()) {
    Say(parent, kWrongShape,
        fmt::format("expected {} to be an object but got {}", what, parent.TypeName()));
    return nullptr;
  }
  const json::Value* found = parent.AsObject().Find(key);
  if (found == nullptr && required)
    Say(parent, kMissingMember, fmt::format("expected '{}' in {}", key, what));
  return found;
}

const json::Object* TestReader::FindObject(const json::Value& parent, std::string_view what,
                                           std::string_view key, bool required) {
  const json::Value* found = Member(parent, what, key, required);
  if (found == nullptr || found->IsObject()) return found == nullptr ? nullptr : &found->AsObject();
  Say(*found, kWrongShape,
      fmt::format("expected an object as '{}' of {} but got {}", key, what, found->TypeName()));
  return nullptr;
}

const json::Array* TestReader::FindArray(const json::Value& parent, std::string_view what,
                                         std::string_view key, bool required) {
  const json::Value* found = Member(parent, what, key, required);
  if (found == nullptr || found->IsArray()) return found == nullptr ? nullptr : &found->AsArray();
  Say(*found, kWrongShape,
      fmt::format("expected an array as '{}' of {} but got {}", key, what, found->TypeName()));
  return nullptr;
}

std::string TestReader::Text(const json::Value& parent, std::string_view what, std::string_view key,
                             bool required) {
  const json::Value* found = Member(parent, what, key, required);
  if (found == nullptr) return {};
  if (!found->IsString()) {
    Say(*found, kWrongShape,
        fmt::format("expected a text as '{}' of {} but got {}", key, what, found->TypeName()));
    return {};
  }
  if (found->AsString().empty() && required)
    Say(*found, kMissingMember,
        fmt::format("expected a text as '{}' of {}, it is empty", key, what));
  return found->AsString();
}

std::string TestReader::Word(const json::Value& parent, std::string_view what, std::string_view key,
                             std::span<const std::string_view> words) {
  std::string word = Text(parent, what, key);
  if (word.empty() || std::ranges::find(words, word) != words.end()) return word;
  Say(parent.AsObject().At(key), kUnknownWord,
      fmt::format("'{}' is no '{}' of {}", word, key, what), DidYouMean(word, words));
  return {};
}

}  // namespace trunkline::sim
