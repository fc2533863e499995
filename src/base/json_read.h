// Reads JSON text into json::Value. A duplicate key is an error; so is anything after the document.
//
// The reader is strict RFC 8259 unless ReadOptions say otherwise: files that people write may hold
// // and /* */ comments, and trailing commas (each one is reported as a warning). A UTF-8 byte
// order mark is skipped. Limits: nesting depth 200, text under 4 GB.
#pragma once

#include <optional>
#include <string_view>

#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::json {

struct ReadOptions {
  bool comments = false;
  bool trailing_commas = false;
  int max_depth = 200;
};

// For files people write. `file` names it in messages. On success findings may hold warnings;
// without a value the last finding says why.
struct ReadOutcome {
  std::optional<Value> value;
  Findings findings;
};
ReadOutcome Read(std::string_view text, std::string_view file, const ReadOptions& options);

// For texts of machines. The error's message has the form "<what>, at line 3 column 7".
Result<Value> Parse(std::string_view text);

// The place of a byte offset in a text, for findings about values that were read from it.
Place Locate(std::string_view text, std::uint32_t offset, std::string_view file,
             std::uint32_t length = 1);
// The line an offset is in, without its end.
std::string_view LineAt(std::string_view text, std::uint32_t offset);
// How many bytes the token (string, number, word, or an opening bracket) at `offset` takes.
std::uint32_t TokenLength(std::string_view text, std::uint32_t offset);

}  // namespace trunkline::json
