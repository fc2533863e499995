// Field: what one value of a file must be. Each kind of file a user writes is described by one tree
// of fields (center/shapes.h), and both the reader's checks (center/reader.h) and the JSON Schemas
// (center/schema.h) are made from it: they cannot disagree.
#pragma once

#include <limits>
#include <span>
#include <string_view>

namespace trunkline::center {

enum class Kind { kString, kBoolean, kInteger, kNumber, kList, kObject, kMap, kAny };

struct Pattern {
  std::string_view regex;  // ECMAScript, matches the whole string
  std::string_view words;  // behind "expected 'account' to be ..."
};

struct Range {
  double min = 0;
  double max = std::numeric_limits<double>::infinity();
};

struct Field {
  std::string_view name;  // the member's key; empty for the document itself and for elements
  std::string_view
      summary;  // one sentence for the schema, and the hint where the member is missing
  Kind kind = Kind::kString;
  bool required = false;
  // Of numbers the value, of strings the length in characters, of lists and maps the number of
  // entries.
  const Range* range = nullptr;
  const Pattern* pattern = nullptr;  // of a string; of a map's keys; of an object's other keys
  std::span<const std::string_view> one_of = {};
  std::span<const Field> members = {};  // of an object
  const Field* element = nullptr;       // of a list, a map, or an object's other members
  std::string_view unique = {};         // of a list of objects: the member that names them
  bool either_case =
      false;          // an object's keys may begin with an upper-case letter (CloudFormation)
  bool open = false;  // an object's other members are accepted, and passed on as they are
  const Field* or_else =
      nullptr;  // another kind that is as good, such as an ARN in place of a statement
  bool not_delivered = false;  // known to AWS, not delivered by this program: an error that says so
};

// "a string", "a whole number": what is expected, for messages.
std::string_view InWords(Kind kind);

}  // namespace trunkline::center
