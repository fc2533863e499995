// Whatever the flow and whatever is changed in it: comparing ends, finds nothing between a flow and
// itself, and says something of every change that it finds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "fuzz/support/json_mutator.h"

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "flow/diff.h"
#include "flow/outline.h"

namespace trunkline::flow {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void Compare(const Document& before, const Document& after) {
  for (const FlowChange& change : DiffFlows(before, after)) {
    Check(!change.sentence.empty() && IsUtf8(change.sentence));
    Check(!change.place.file.empty());
  }
  const double alike = Alike(before, after);
  Check(alike >= 0 && alike <= 1);
}

std::optional<Document> Changed(const Document& document, fuzz::Random& random) {
  json::Value content = document.content;
  for (std::size_t changes = 1 + random() % 6; changes > 0; --changes)
    fuzz::MutateJson(content, random);
  return Parse(json::Write(content), "after.json").document;
}

}  // namespace
}  // namespace trunkline::flow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::flow;  // NOLINT(google-build-using-namespace)
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Parsed before = Parse(bytes, "before.json");
  if (!before.document || before.document->format == Format::kLegacy) return 0;
  Check(DiffFlows(*before.document, *before.document).empty());
  trunkline::fuzz::Random random(static_cast<unsigned>(std::hash<std::string>()(bytes)));
  const std::optional<Document> after = Changed(*before.document, random);
  if (!after || after->format == Format::kLegacy) return 0;
  Compare(*before.document, *after);
  Compare(*after, *before.document);
  return 0;
}
