// Every message of the readers and checks, as golden text: tests/golden/center/<case>.in is a
// monorepo in one file
// ("--- <path>" begins each file of it), <case>.txt what is said about it.
#include <filesystem>

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/text.h"
#include "center/check.h"
#include "tests/center/monorepo.h"
#include "tests/support/shared_data.h"

namespace trunkline::center {
namespace {

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const std::string& path :
       tests::FilesBelow(tests::SourceFolder() + "/tests/golden/center")) {
    if (path.ends_with(".in")) cases.push_back(std::filesystem::path(path).stem().string());
  }
  return cases;
}

Monorepo ReadCase(const std::string& name) {
  const std::string text =
      tests::ReadFileOrDie(tests::SourceFolder() + "/tests/golden/center/" + name + ".in");
  Monorepo repo;
  std::string path;
  std::string content;
  for (const std::string_view line : Split(text, '\n')) {
    if (!line.starts_with("--- ")) {
      content += std::string(line) + "\n";
      continue;
    }
    if (!path.empty()) repo.With(path, content);
    path = line.substr(4);
    content.clear();
  }
  return repo.With(path, content);
}

class Messages : public testing::TestWithParam<std::string> {};

TEST_P(Messages, AreAsTheGoldenFileSays) {
  const Loaded loaded = ReadCase(GetParam()).Load();
  std::string said = ToText(loaded.findings);
  if (loaded.center) {
    said += ToText(CheckTarget(*loaded.center, loaded.center->environments[0]));
  }

  EXPECT_EQ("", tests::DiffGolden("center/" + GetParam() + ".txt", said));
}

INSTANTIATE_TEST_SUITE_P(Golden, Messages, testing::ValuesIn(Cases()),
                         [](const auto& row) { return Replace(row.param, "-", "_"); });

}  // namespace
}  // namespace trunkline::center
