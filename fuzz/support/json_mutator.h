// Mutations that keep JSON well formed: bytes that are changed blindly seldom get past the reader.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "base/json.h"

namespace trunkline::fuzz {

using Random = std::minstd_rand;

// Changes one place of the document: a value is removed, repeated, moved, replaced by another one
// of the document or by a word of the flow language, a text is cut or joined.
void MutateJson(json::Value& document, Random& random);

// For LLVMFuzzerCustomMutator: `text` with one to four such changes, or changed bytewise when it is
// no JSON, and every fourth time. At most `max_size` bytes; the new size.
std::size_t MutateText(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed);

}  // namespace trunkline::fuzz
