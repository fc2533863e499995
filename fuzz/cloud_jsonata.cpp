// Whatever the bytes: parsing and evaluating end, without a crash, within the limits, and give the
// same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/jsonata.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kInput = R"({
  "name": "Main line", "open": true, "none": null, "rate": 1.50, "list": [3, 1, 2],
  "nested": [[1, 2], [3]], "queues": [{"id": 1, "name": "Sales", "agents": [{"name": "Ann"}]},
  {"id": 2, "name": "Service", "agents": []}]})";

void Check(bool holds) {
  if (!holds) std::abort();
}

std::string Answer(const Expression& expression, const json::Value& input) {
  SeededRandom random(1);
  const Bindings bindings{.variables = {{"states", input}}};
  const auto result = Evaluate(expression, input, bindings, {.random = random, .now = {}});
  if (!result) return result.error().ToText();
  return result.value() ? json::Write(*result.value()) : "undefined";
}

}  // namespace
}  // namespace trunkline::cloud::jsonata

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline;                  // NOLINT(google-build-using-namespace)
  using namespace trunkline::cloud::jsonata;  // NOLINT(google-build-using-namespace)
  static const json::Value input = json::Parse(kInput).value();
  const auto expression = Parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (expression) Check(Answer(*expression, input) == Answer(*expression, input));
  return 0;
}
