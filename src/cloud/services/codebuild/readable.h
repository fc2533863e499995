// Text of programs as UTF-8, whatever they wrote: records hold nothing else.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::cloud::codebuild {

// Bytes that are no UTF-8 become U+FFFD.
std::string Readable(std::string_view bytes);

}  // namespace trunkline::cloud::codebuild
