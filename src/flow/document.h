// flow::Document: one flow or flow module, as its author keeps it in a file, with every byte of
// meaning.
//
// Four formats come in: bare flow language; the workshop's wrapper {Name, ContactFlowType, Content:
// "..."}; the output of describe-contact-flow or describe-contact-flow-module; the legacy console
// export ("modules"), which is kept as it is: flow/convert.h converts it, and Parse says so with an
// error finding, because nothing else can be done with it. A document stays in its format: unknown
// members, key order, metadata and the difference between empty and absent survive Parse -> Write.
//
// Codes of findings: TL-J0xx the JSON reader's, TL-F00x and TL-F01x this file's, TL-F1xx
// flow/validate.h, TL-F3xx flow/link.h, TL-L... flow/lint.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
#include "flow/text_map.h"

namespace trunkline::flow {

enum class Format { kBare, kWrapped, kDescribed, kLegacy };
enum class Encoding { kUtf8, kWindows1252 };

struct ErrorBranch {
  std::string type;  // "NoMatchingError"
  std::string next;
  std::uint32_t offset = 0;  // of the branch's object in the content text

  bool Is(std::string_view an_error) const { return type == an_error; }
};

struct ConditionBranch {
  std::string op;  // "Equals"
  std::vector<std::string> operands;
  std::string next;
  std::uint32_t offset = 0;  // of the branch's object in the content text
};

// A typed view of one entry of Actions. The JSON stays the truth: this is read from it.
struct Action {
  std::string id;
  std::string type;
  json::Object parameters;          // values keep their offsets in the content text
  std::optional<std::string> next;  // nothing when the member is missing
  std::vector<ErrorBranch> errors;
  std::vector<ConditionBranch> conditions;
  std::uint32_t offset = 0;  // of the action's object in the content text
  std::size_t index = 0;     // in the array Actions

  bool Is(std::string_view a_type) const { return type == a_type; }
};

// Where the actions are, by identifier: flows may have more than anybody wants to look through for
// each branch. Of a list it was not made for, it looks through all.
class ActionIndex {
 public:
  void Build(const std::vector<Action>& actions);
  // The first with the identifier, or null.
  const Action* Find(const std::vector<Action>& actions, std::string_view id) const;

 private:
  static constexpr std::uint32_t kFree = static_cast<std::uint32_t>(-1);

  std::size_t count_ = 0;             // of actions
  std::vector<std::uint32_t> slots_;  // positions, by hash; a power of two, at most half full
};

struct Document {
  Format format = Format::kBare;
  Encoding encoding = Encoding::kUtf8;
  std::string file;  // for messages
  std::string text;  // the whole file, UTF-8
  TextMap map = {};  // of `text`, kept by Parse
  json::Value root;  // the whole file; null when bare, because then the content is the whole file
  bool content_is_string = false;  // wrapped or described with Content as a JSON string
  std::string content_text;  // the flow language's own text, the base of offsets; empty when it
                             // equals `text`
  json::Value
      content;  // the flow language: {Version, StartAction, Metadata, Actions}; null when legacy

  std::string name;        // from the wrapper, or Metadata.name, or empty
  std::string type;        // "CONTACT_FLOW", ...; "MODULE" for a module; empty when nothing says it
  bool is_module = false;  // by the wrapper, or because the content has Settings

  std::string start;
  std::vector<Action> actions;
  ActionIndex index = {};  // of `actions`, kept by Parse and RefreshActions

  const Action* FindAction(std::string_view id) const;
};

struct Parsed {
  std::optional<Document> document;  // missing only when an error leaves nothing to read
  Findings findings;
};

// Of a file: comments and trailing commas are accepted, other bytes than UTF-8 are read as
// Windows-1252 with a warning.
Parsed Parse(std::string bytes, std::string_view file);
// Of a flow's content as the API takes it: strict JSON, bare. `type` is the flow's type, or
// "MODULE".
Parsed ParseContent(std::string content, std::string_view type);

// Reads `start` and `actions` again from `content`, after `content` was changed.
void RefreshActions(Document& document);

// The file's text again, in its own format, canonical: two-space indent, one action per block, key
// order kept. The content comes from `content`, what is around it from `root`. Comments are not in
// it: see Format.
std::string Write(const Document& document);
// The content alone, on one line, as CreateContactFlow takes it.
std::string WriteContent(const Document& document);
// What `flow fmt` writes: Write, but an error when comments would be lost. Formatting twice changes
// nothing more.
Result<std::string> FormatText(const Document& document);

// The text that offsets of `content` and `actions` point into.
std::string_view ContentText(const Document& document);
// The place of an offset of the file.
Place PlaceInFile(const Document& document, std::uint32_t file_offset, std::uint32_t length = 1);
// The place of a value of the content (its offset) in the file, even inside a wrapped string.
Place PlaceOf(const Document& document, std::uint32_t content_offset, std::uint32_t length = 1);
// A finding about the value (string, number, word or bracket) at an offset of the content,
// underlined, with its line.
Finding FindingAt(const Document& document, Severity severity, std::string_view code,
                  std::string message, std::string hint, std::uint32_t content_offset);

std::string_view ToText(Format format);  // "bare", "wrapped", "described", "legacy"

// "contactFlow" (Metadata.type, legacy type) -> "CONTACT_FLOW"; empty when it is none.
std::string_view FlowTypeOfLayoutName(std::string_view name);
std::string_view LayoutNameOfFlowType(std::string_view type);  // the other way round

}  // namespace trunkline::flow
