#include "base/json_read.h"
#include "base/json_write.h"
#include "flow/content_slot.h"
#include "flow/document.h"

namespace trunkline::flow {
namespace {

// The offset of the first comment, which JSON has only outside of strings.
std::optional<std::uint32_t> FindComment(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '/') return static_cast<std::uint32_t>(at);
    if (text[at] != '"') continue;
    at += json::TokenLength(text, static_cast<std::uint32_t>(at)) - 1;
  }
  return std::nullopt;
}

}  // namespace

std::string WriteContent(const Document& document) {
  return json::Write(document.content);
}

std::string Write(const Document& document) {
  if (document.format == Format::kLegacy) return json::WritePretty(document.root);
  if (document.format == Format::kBare) return json::WritePretty(document.content);
  json::Value root = document.root;
  json::Value& slot = *FindContentSlot(document.format, root);
  slot = document.content_is_string ? json::Value(WriteContent(document)) : document.content;
  return json::WritePretty(root);
}

Result<std::string> FormatText(const Document& document) {
  if (const std::optional<std::uint32_t> comment = FindComment(document.text)) {
    const Place place = json::Locate(document.text, *comment, document.file);
    return Error(ErrorKind::kInvalid,
                 "'{}' has a comment at line {} column {}, which formatting would lose; "
                 "move it to Metadata.Annotations or remove it",
                 document.file, place.line, place.column);
  }
  return Write(document);
}

}  // namespace trunkline::flow
