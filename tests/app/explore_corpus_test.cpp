// The flows of the corpus, each explored to a bound: no crash, no contact that stops without a
// reason, and their loops are found.
#include <map>

#include <gmock/gmock.h>

#include "app/explore.h"
#include "base/files.h"
#include "flow/convert.h"
#include "tests/support/shared_data.h"

namespace trunkline::app {
namespace {

using trunkline::tests::FilesBelow;
using trunkline::tests::ReadFileOrDie;
using trunkline::tests::SharedFolder;

struct CorpusFlow {
  std::string name, text;
};

// Legacy exports are converted; what is no flow at all is left out.
std::vector<CorpusFlow> CorpusFlows() {
  std::vector<CorpusFlow> flows;
  for (const std::string& file : FilesBelow(*SharedFolder() + "/corpus/flows")) {
    if (!file.ends_with(".json")) continue;
    std::string text = ReadFileOrDie(file);
    const flow::Parsed parsed = flow::Parse(text, file);
    if (!parsed.document) continue;
    if (parsed.document->format == flow::Format::kLegacy)
      text = flow::Convert(*parsed.document, {}).text.value_or("");
    flows.push_back({.name = file.substr(file.rfind('/') + 1), .text = std::move(text)});
  }
  return flows;
}

TEST(ExploreCorpus, WalksEveryFlowAndExplainsWhereEachCallStops) {
  TL_NEEDS_SHARED();
  std::size_t explored = 0, looping = 0;
  std::map<std::string, int> codes;

  for (const CorpusFlow& flow : CorpusFlows()) {
    MemoryFiles files;
    ASSERT_TRUE(files.Write("flow.json", flow.text).ok());
    Findings findings;
    const Result<ExploreReport> report = ExploreFlows(
        files, {.flows = {"flow.json"}, .bounds = {.depth = 60, .states = 2000}}, findings);
    if (!report) continue;  // broken on purpose: what keeps it from being read was said
    const ExploredFlow& one = report->flows.front();
    ++explored;
    looping += one.loops > 0 ? 1 : 0;
    EXPECT_GT(one.calls, 0U) << flow.name;
    for (const ExploreFinding& finding : one.findings) {
      ++codes[finding.finding.code];
      EXPECT_NE(finding.finding.code, "TL-E007") << flow.name << ": " << finding.finding.message;
    }
  }

  EXPECT_GE(explored, 155U);
  // The cycles of others count their rounds, or wait in a queue.
  EXPECT_GE(looping, 24U);
  EXPECT_GT(codes["TL-E002"], 0) << ::testing::PrintToString(codes);
}

}  // namespace
}  // namespace trunkline::app
