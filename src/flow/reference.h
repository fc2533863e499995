// References to run-time values in the text of a flow: $.Attributes.name,
// $['Attributes']['Language'],
// $.External.['`$.Attributes.key`'] (the inner reference's value is the key).
//
// Grammar, after the administrator guide and real flows (the exact set of characters of a name is
// not documented; letters, digits, '_' and '-' leave punctuation, markup and text without blanks
// outside):
//   reference = "$" step+  |  "`" reference "`"
//   step      = "." name  |  "."? "[" key "]"
//   key       = "'" characters "'"  |  "'`" reference "`'"  |  digits
// Everything else is literal: the dollar of "$5", the first dollar of "$$.Attributes.Amount", a
// final full stop.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::flow {

// Of a name in a reference: a letter, a digit, '_' or '-'.
bool IsReferenceNameCharacter(char c);

struct Path;

struct PathStep {
  std::string name;           // member name; digits of an index; empty when the key is dynamic
  std::vector<Path> dynamic;  // one path whose value is the name, or none
};

struct Path {
  std::vector<PathStep> steps;

  // "Attributes" of $.Attributes.name; empty when the first key is dynamic.
  std::string_view Root() const;
  // The second step's name ("name"), empty when there is none or it is dynamic.
  std::string_view Key() const;
};

// A run of literal text, or one reference.
struct Piece {
  std::string text;          // as written
  std::optional<Path> path;  // nothing for literal text
  std::size_t offset = 0;    // in the scanned text
};

// The text in pieces, in order; joined, their texts are the text again.
std::vector<Piece> Scan(std::string_view text);
// The path when the whole text is one reference.
std::optional<Path> WholePath(std::string_view text);
bool HasReference(std::string_view text);
std::string ToText(const Path& path);  // canonical: dotted where the name allows it

// The value at the path in a tree of namespaces ({"Attributes": {...}, "External": {...}}); nullptr
// when there is none. A numeric step also indexes an array.
const json::Value* Resolve(const Path& path, const json::Value& namespaces);

struct Filled {
  std::string text;
  std::vector<std::string>
      missing;  // references without a value, as written; they became empty text
};
// Every reference replaced by its value: strings as they are, numbers and booleans as JSON writes
// them, objects and arrays as one line of JSON, null and missing as empty text.
Filled Fill(std::string_view text, const json::Value& namespaces);

}  // namespace trunkline::flow
