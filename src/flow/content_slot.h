// Where the flow's content stands in a file that wraps it. Used by parse, write and place.
#pragma once

#include <cstdint>

#include "base/json.h"
#include "flow/document.h"

namespace trunkline::flow {

// The object that describes the flow: the root, or its member ContactFlow or ContactFlowModule.
const json::Object* FindDescription(Format format, const json::Value& root);
// The value of Content; nullptr when the format has none.
const json::Value* FindContentSlot(Format format, const json::Value& root);
json::Value* FindContentSlot(Format format, json::Value& root);

// The offset in the file of an offset in the content.
std::uint32_t FileOffset(const Document& document, std::uint32_t content_offset);
// The offset in the content of an offset in the file that is inside the content.
std::uint32_t ContentOffset(const Document& document, std::uint32_t file_offset);

}  // namespace trunkline::flow
