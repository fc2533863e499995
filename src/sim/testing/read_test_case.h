// Reads a test case: the input of `aws connect create-test-case` ({Name, EntryPoint,
// InitializationData, Content}), its Content as a text or as an object; or Content alone, whose
// entry point is the one the console keeps in its Metadata.
//
// Nothing is overlooked: what the Testing language does not have is an error with its place. The
// documentation and the service disagree in places, so there are two modes, as for flows.
#pragma once

#include <optional>
#include <string_view>

#include "base/finding.h"
#include "sim/testing/test_case.h"

namespace trunkline::sim {

// kObserved: what the service takes. kStrict: what the documentation says.
enum class TestMode { kObserved, kStrict };

struct ReadTest {
  std::optional<TestCase> test;  // nothing when the findings have errors
  Findings findings;             // codes TL-T001 to TL-T007
};

// `file` names the text in findings; its stem names a test without a Name.
ReadTest ReadTestCase(std::string_view text, std::string_view file, TestMode mode);

}  // namespace trunkline::sim
