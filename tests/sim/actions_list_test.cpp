#include <cctype>
#include <filesystem>

#include <gmock/gmock.h>

#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim {
namespace {

// "check_metric_data.cpp" -> "CheckMetricData".
std::string TypeOf(const std::string& file) {
  std::string type;
  bool capital = true;
  for (const char byte : file.substr(0, file.find('.'))) {
    if (byte != '_') type += capital ? static_cast<char>(std::toupper(byte)) : byte;
    capital = byte == '_';
  }
  return type;
}

std::string MissingFromList() {
  std::string missing;
  for (const std::string& path :
       trunkline::tests::FilesBelow(trunkline::tests::SourceFolder() + "/src/sim/actions")) {
    const std::string file = std::filesystem::path(path).filename().string();
    if (!file.ends_with(".cpp") || file == "list.cpp") continue;
    if (FindRunner(TypeOf(file)) != nullptr) continue;
    missing += "\"" + file + "\" is not listed: add X(" + TypeOf(file) +
               ") to TL_SIM_ACTIONS in sim/actions/list.h\n";
  }
  return missing;
}

TEST(ActionsList, HoldsEveryFileOfTheFolder) {
  EXPECT_EQ(MissingFromList(), "");
}

TEST(ActionsList, DoesNotHoldTypesThatDoNotExist) {
  EXPECT_EQ(FindRunner("PlayPrompt"), nullptr);
}

class EveryRunner : public ::testing::TestWithParam<ListedRunner> {};

TEST_P(EveryRunner, IsInTheCatalogueAndCanRun) {
  const ListedRunner& row = GetParam();

  EXPECT_NE(row.runner->run, nullptr);
  EXPECT_NE(flow::FindActionKind(row.type), nullptr) << row.type;
}

INSTANTIATE_TEST_SUITE_P(Simulated, EveryRunner,
                         ::testing::ValuesIn(AllRunners().begin(), AllRunners().end()),
                         [](const auto& row) { return std::string(row.param.type); });

}  // namespace
}  // namespace trunkline::sim
