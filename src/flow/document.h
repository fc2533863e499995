// flow::Document: one flow or flow module, as its author keeps it in a file, with every byte of meaning.
//
// Four formats come in: bare flow language; the workshop's wrapper {Name, ContactFlowType, Content: "..."}; the output
// of describe-contact-flow or describe-contact-flow-module; the legacy console export ("modules", converted by
// flow/legacy.h). A document stays in its format: unknown members, key order and metadata survive parse -> write.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"

namespace trunkline::flow {

enum class Format { kBare, kWrapped, kDescribed, kLegacy };
enum class Encoding { kUtf8, kWindows1252 };

struct ErrorBranch {
  std::string type;  // "NoMatchingError"
  std::string next;
};

struct ConditionBranch {
  std::string op;                      // "Equals"
  std::vector<std::string> operands;
  std::string next;
};

// A typed view of one entry of Actions. The JSON stays the truth: this is read from it.
struct Action {
  std::string id;
  std::string type;
  json::Object parameters;
  std::optional<std::string> next;
  std::vector<ErrorBranch> errors;
  std::vector<ConditionBranch> conditions;
  std::uint32_t offset = 0;            // of the action's object in the content text
};

struct Document {
  Format format = Format::kBare;
  Encoding encoding = Encoding::kUtf8;
  std::string file;                    // for messages
  std::string text;                    // the whole file, UTF-8
  json::Value root;                    // the whole file
  bool content_is_string = false;      // wrapped or described with Content as a JSON string
  std::string content_text;            // the flow language's own text (== text when bare)
  json::Value content;                 // the flow language: {Version, StartAction, Metadata, Actions}

  std::string name;                    // from the wrapper, or Metadata.name, or empty
  std::string type;                    // "CONTACT_FLOW", ...; "MODULE" for a module; empty when nothing says it
  bool is_module = false;

  std::string start;
  std::vector<Action> actions;

  const Action* FindAction(std::string_view id) const;
};

struct Parsed {
  std::optional<Document> document;  // there unless a finding is an error that leaves nothing to read
  Findings findings;
};

Parsed Parse(std::string bytes, std::string_view file);

// The file's text again, in its own format, canonical: two-space indent, one action per block, key order kept.
std::string Write(const Document& document);
// The content alone, on one line, as CreateContactFlow takes it.
std::string WriteContent(const Document& document);
// The place of a value of the content (its offset) in the file, even inside a wrapped string.
Place PlaceOf(const Document& document, std::uint32_t content_offset, std::uint32_t length = 1);

}  // namespace trunkline::flow
