// Whatever the bytes: what Parse takes can be converted to every format and drawn, and what comes
// of it is read again where nothing is wrong with it. Changed as JSON: fuzz/support/json_mutator.h.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "flow/convert.h"
#include "flow/draw.h"

namespace trunkline::flow {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// `readable`: nothing is wrong with it, as the command demands.
void ConvertAndDraw(const Document& document, bool readable) {
  for (const Format to : {Format::kBare, Format::kWrapped, Format::kDescribed}) {
    const Converted converted =
        Convert(document, {.to = to, .folding = Folding::kFold, .type = "CONTACT_FLOW"});
    if (!converted.text) continue;
    const Parsed again = Parse(*converted.text, "again.json");
    Check(again.document.has_value() || !readable);
    if (!again.document) continue;
    const Drawing drawing = DrawFlow(*again.document);
    ToDot(drawing, BestLayout(drawing));
    ToMermaid(DrawDiff(*again.document, *again.document));
  }
}

}  // namespace
}  // namespace trunkline::flow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::flow;  // NOLINT(google-build-using-namespace)
  const Parsed parsed = Parse(std::string(reinterpret_cast<const char*>(data), size), "input.json");
  if (parsed.document) ConvertAndDraw(*parsed.document, !HasErrors(parsed.findings));
  return 0;
}
