// Real flows, broken at random: nothing crashes, and what can be read is written and read again the
// same.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/random.h"
#include "flow/convert.h"
#include "flow/draw.h"
#include "flow/link.h"
#include "flow/lint.h"
#include "flow/lint_suppression.h"
#include "flow/validate.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

constexpr int kMutationsOfAFile = 1;

// Bytes taken out, doubled or changed.
std::string BreakBytes(std::string text, Random& random) {
  const std::size_t at = UniformBelow(random, text.size());
  const std::size_t length = 1 + UniformBelow(random, 16);
  switch (UniformBelow(random, 3)) {
    case 0:
      return text.erase(at, length);
    case 1:
      return text.insert(at, text.substr(at, length));
    default:
      text[at] = static_cast<char>(UniformBelow(random, 256));
      return text;
  }
}

json::Value AnyValue(Random& random) {
  switch (UniformBelow(random, 6)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return 7;
    case 3:
      return "$.External.x";
    case 4:
      return json::Array{"x", json::Object{{.key = "y", .value = ""}}};
    default:
      return json::Object{{.key = "NextAction", .value = json::Array()}};
  }
}

// Values exchanged for values of other types, members taken out.
void BreakValue(json::Value& value, Random& random) {
  if (UniformBelow(random, 40) == 0) {
    value = AnyValue(random);
  } else if (value.IsArray()) {
    for (json::Value& item : value.AsArray()) BreakValue(item, random);
  } else if (value.IsObject()) {
    for (json::Member& member : value.AsObject()) BreakValue(member.value, random);
    if (!value.AsObject().empty() && UniformBelow(random, 40) == 0) {
      value.AsObject().Remove(std::string(value.AsObject().begin()->key));
    }
  }
}

void NameSubjects(const Document& document, const Findings& findings) {
  for (const Finding& finding : findings) EXPECT_NE(SubjectOf(document, finding.place).flow, "");
}

// Converts it to a wrapped flow, and draws what comes of that; gives what cannot be read.
std::string ConvertAndDraw(const Document& document) {
  const Converted converted = Convert(
      document, {.to = Format::kWrapped, .folding = Folding::kFold, .type = "CONTACT_FLOW"});
  if (!converted.text) return converted.findings.empty() ? "neither text nor finding" : "";
  const Parsed wrapped = Parse(*converted.text, "converted.json");
  if (!wrapped.document) return "converted to what cannot be read:\n" + *converted.text;
  const Drawing drawing = DrawFlow(*wrapped.document);
  ToDot(drawing, BestLayout(drawing));
  ToMermaid(DrawDiff(*wrapped.document, *wrapped.document));
  return "";
}

// Writes and reads it again, and lets everything look at it; gives what differs.
std::string Use(const std::string& bytes) {
  const Parsed parsed = Parse(bytes, "mutated.json");
  if (!parsed.document) return parsed.findings.empty() ? "neither document nor finding" : "";
  NameSubjects(*parsed.document, parsed.findings);
  NameSubjects(*parsed.document, Validate(*parsed.document, ValidateMode::kObserved).findings);
  NameSubjects(*parsed.document, Lint(*parsed.document));
  ReadLintAnnotations(*parsed.document);
  References(*parsed.document);
  Link(*parsed.document, SymbolTable(), LinkMode::kAttribute);
  if (std::string problem = ConvertAndDraw(*parsed.document); !problem.empty()) return problem;
  const std::string written = Write(*parsed.document);
  const Parsed again = Parse(written, "mutated.json");
  if (!again.document) return "not read again:\n" + written;
  return Write(*again.document) == written ? "" : "written differently:\n" + written;
}

TEST(MutatedFlows, SurviveBrokenBytes) {
  TL_NEEDS_SHARED();
  SeededRandom random(1);

  for (const tests::CorpusFile& file : tests::CorpusFiles()) {
    const std::string bytes = tests::ReadCorpus(file);
    for (int i = 0; i < kMutationsOfAFile; ++i)
      EXPECT_EQ("", Use(BreakBytes(bytes, random))) << file.name;
  }
}

TEST(MutatedFlows, SurviveValuesOfWrongTypes) {
  TL_NEEDS_SHARED();
  SeededRandom random(2);

  for (const tests::CorpusFile& file : tests::CorpusFiles()) {
    const Parsed parsed = Parse(tests::ReadCorpus(file), file.name);
    json::Value root = json::Parse(Write(*parsed.document)).value();
    for (int i = 0; i < kMutationsOfAFile; ++i) {
      json::Value broken = root;
      BreakValue(broken, random);
      EXPECT_EQ("", Use(json::Write(broken))) << file.name;
    }
  }
}

}  // namespace
}  // namespace trunkline::flow
