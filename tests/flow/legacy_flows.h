// Legacy exports for tests, and what they convert to.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "flow/legacy.h"

namespace trunkline::tests {

inline flow::LegacyConversion ConvertText(const std::string& text) {
  flow::Parsed parsed = flow::Parse(text, "old.json");
  EXPECT_EQ(parsed.document->format, flow::Format::kLegacy);
  return flow::ConvertLegacy(*parsed.document);
}

// A legacy flow of one module 'm' and an end 'x'.
inline std::string Around(std::string_view module, std::string_view type = "contactFlow") {
  return fmt::format(
      R"({{"modules":[{{"id":"m",{}}},{{"id":"x","type":"Disconnect","branches":[],"parameters":[]}}],)"
      R"("version":"1","type":"{}","start":"m","metadata":{{"name":"Old"}}}})",
      module, type);
}

}  // namespace trunkline::tests
