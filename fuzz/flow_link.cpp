// Whatever the flow names, and whatever of it exists: linking ends, what is linked is a flow again,
// and taken apart and linked once more it is the same. Changed as JSON:
// fuzz/support/json_mutator.h.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

#include "flow/link.h"
#include "flow/unlink.h"

namespace trunkline::flow {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

struct Names {
  SymbolTable table;
  NamesByArn by_arn;
};

// Most of what the flow names, each with an ARN of its own.
Names NamesOf(const Document& document) {
  Names names;
  std::size_t count = 0;
  const auto add = [&](ResourceKind kind, const std::string& name) {
    if (names.table.Find(kind, name) != nullptr) return;
    const std::string arn = fmt::format(
        "arn:aws:connect:us-east-1:111122223333:instance/i/resource/"
        "00000000-0000-4000-8000-{:012}",
        ++count);
    names.table.Add(kind, name, {.arn = arn, .id = {}, .number = {}});
    names.by_arn.Add(arn, kind, name);
  };
  add(ResourceKind::kLambda, "mapping");
  for (const Reference& reference : References(document)) {
    if (reference.kind != ResourceKind::kNone && !reference.name.empty() &&
        std::hash<std::string>()(reference.name) % 8 != 0)
      add(reference.kind, reference.name);
  }
  return names;
}

void LinkBothWays(const Document& document) {
  Names names = NamesOf(document);
  const LinkOutcome dynamic = Link(document, names.table, LinkMode::kAttribute);
  Check(!dynamic.content || ParseContent(*dynamic.content, document.type).document.has_value());
  const LinkOutcome linked = Link(document, names.table, LinkMode::kStatic);
  if (!linked.content) return;
  Parsed there = ParseContent(*linked.content, document.type);
  Check(there.document.has_value());
  Unlink(there.document->content, names.by_arn);
  const Parsed portable = ParseContent(WriteContent(*there.document), document.type);
  Check(portable.document.has_value());
  const LinkOutcome again = Link(*portable.document, names.table, LinkMode::kStatic);
  Check(again.content == linked.content);
}

}  // namespace
}  // namespace trunkline::flow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::flow;  // NOLINT(google-build-using-namespace)
  const Parsed parsed = Parse(std::string(reinterpret_cast<const char*>(data), size), "input.json");
  // What cannot be read in part is never linked.
  if (parsed.document && !HasErrors(parsed.findings)) LinkBothWays(*parsed.document);
  return 0;
}
