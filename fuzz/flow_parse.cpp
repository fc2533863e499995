// Whatever the bytes: Parse ends, and what it gives can be validated, linted, linked, written and
// read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "flow/link.h"
#include "flow/lint.h"
#include "flow/lint_suppression.h"
#include "flow/validate.h"

namespace trunkline::flow {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void UseEverything(const Document& document) {
  for (const Action& action : document.actions) PlaceOf(document, action.offset);
  Validate(document, ValidateMode::kStrict);
  Validate(document, ValidateMode::kObserved);
  for (const Finding& finding : Lint(document)) SubjectOf(document, finding.place);
  ReadLintAnnotations(document);
  References(document);
  SymbolTable table;
  table.Add(ResourceKind::kLambda, "mapping", {.arn = "arn:mapping", .id = {}, .number = {}});
  Link(document, table, LinkMode::kStatic);
  Link(document, table, LinkMode::kAttribute);
}

void ReadBack(const Document& document) {
  const std::string written = Write(document);
  const Parsed again = Parse(written, "again.json");
  Check(again.document.has_value());
  Check(Write(*again.document) == written);
}

}  // namespace
}  // namespace trunkline::flow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::flow;  // NOLINT(google-build-using-namespace)
  const Parsed parsed = Parse(std::string(reinterpret_cast<const char*>(data), size), "input.json");
  if (parsed.document) {
    UseEverything(*parsed.document);
    ReadBack(*parsed.document);
  }
  return 0;
}
