// Where an ARN stands decides little: the walk is the linker's (flow/slots.h), and the text itself
// is looked up. Ids are UUIDs, which are never shared by two resources, so an id that the instance
// knows is that resource's wherever it stands as a whole text; in the layout it stands for what the
// console shows.
//
// Cost: one walk, a look-up for each text, and for texts with "arn:" in them one pass.
#include "flow/unlink.h"

#include "flow/arn.h"
#include "flow/link_metadata.h"
#include "flow/reference.h"
#include "flow/slots.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kArn = "arn:";

// Where an ARN inside a longer text ends.
std::size_t EndOfArn(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find_first_of(" \t\r\n\"'<>,;()[]{}\\", begin);
  return end == std::string_view::npos ? text.size() : end;
}

bool LooksBound(std::string_view text) {
  const std::size_t at = text.find(kArn);
  if (at == std::string_view::npos) return false;
  const std::optional<Arn> arn = ParseArn(text.substr(at, EndOfArn(text, at) - at));
  // AWS's own views, and what has no account (S3), are the same everywhere.
  return arn && arn->account != "aws" && !arn->account.empty();
}

class Unlinker {
 public:
  explicit Unlinker(const NamesByArn& names) : names_(names) {}

  std::vector<Unresolved> Run(json::Value& content) {
    for (Slot<json::Value>& slot : FindSlots(content)) {
      std::string text = Replaced(slot);
      const bool bound = LooksBound(text) || (slot.position != nullptr && IsForeignId(text));
      if (text != slot.value->AsString()) *slot.value = json::Value(text);
      if (bound)
        unresolved_.push_back({.action = std::string(slot.action),
                               .path = slot.path,
                               .text = std::move(text),
                               .in_metadata = slot.in_metadata});
    }
    return std::move(unresolved_);
  }

 private:
  static bool IsForeignId(std::string_view text) { return IsUuid(text.substr(0, text.find(':'))); }

  std::string Replaced(const Slot<json::Value>& slot) const {
    const std::string& text = slot.value->AsString();
    const std::optional<NamesByArn::Named> named = names_.Find(text);
    if (!named) return names_.ReplaceIn(text);
    // The linker writes a name where the layout shows one.
    if (slot.in_metadata && !IsLayoutId(slot.path)) return named->name;
    return WriteSymbol(named->kind, named->name) + named->rest;
  }

  const NamesByArn& names_;
  std::vector<Unresolved> unresolved_;
};

}  // namespace

void NamesByArn::Add(std::string text, ResourceKind kind, std::string name) {
  names_.emplace(std::move(text), Named{.kind = kind, .name = std::move(name), .rest = {}});
}

std::optional<NamesByArn::Named> NamesByArn::Find(std::string_view text) const {
  if (const auto found = names_.find(text); found != names_.end()) return found->second;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const auto found = names_.find(text.substr(0, colon));
  if (found == names_.end()) return std::nullopt;
  Named named = found->second;
  if (named.kind != ResourceKind::kLambda) named.rest = std::string(text.substr(colon));
  return named;
}

std::string NamesByArn::ReplaceIn(std::string_view text) const {
  std::string replaced;
  std::size_t done = 0;
  for (std::size_t at = text.find(kArn); at != std::string_view::npos; at = text.find(kArn, at)) {
    const std::size_t end = EndOfArn(text, at);
    const std::optional<Named> named = Find(text.substr(at, end - at));
    if (named) {
      replaced += text.substr(done, at - done);
      replaced += WriteSymbol(named->kind, named->name) + named->rest;
      done = end;
    }
    at = end;
  }
  return replaced.append(text.substr(done));
}

std::vector<Unresolved> Unlink(json::Value& content, const NamesByArn& names) {
  return Unlinker(names).Run(content);
}

}  // namespace trunkline::flow
