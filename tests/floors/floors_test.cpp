#include <gmock/gmock.h>

#include "tests/floors/include_check.h"
#include "tests/support/shared_data.h"

namespace trunkline::floors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kRoot = tests::SourceFolder();

Floors OurFloors() {
  return ReadFloors(tests::ReadFileOrDie(kRoot + "/src/floors.txt"));
}

// C++ files below a folder of the repository, by path below it.
Sources SourcesBelow(const std::string& folder) {
  const std::string root = kRoot + "/" + folder + "/";
  Sources sources;
  for (const std::string& file : tests::FilesBelow(root)) {
    const bool foreign = file.find("/node_modules/") != std::string::npos;
    if (!foreign && (file.ends_with(".cpp") || file.ends_with(".h"))) {
      sources[file.substr(root.size())] = tests::ReadFileOrDie(file);
    }
  }
  return sources;
}

TEST(Floors, NoSourceIncludesAFloorItMayNotSee) {
  const Sources sources = SourcesBelow("src");

  ASSERT_THAT(sources, SizeIs(testing::Gt(50U)));
  EXPECT_THAT(ProblemsOfIncludes(OurFloors(), sources), IsEmpty());
}

TEST(Floors, EveryFloorSeesOnlyFloorsThatStandAboveIt) {
  EXPECT_THAT(ProblemsOfFloors(OurFloors()), IsEmpty());
}

class LengthOfFiles : public testing::TestWithParam<const char*> {};

TEST_P(LengthOfFiles, StaysReadable) {
  EXPECT_THAT(ProblemsOfLength(SourcesBelow(GetParam()), 600), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Below, LengthOfFiles, testing::Values("src", "tests", "bench"),
                         [](const auto& row) { return std::string(row.param); });

// The check itself, on sources that break the rules.

const Floors kFloors =
    ReadFloors("# comment\nbase\nnet  base\nflow base  # the language\naws  base net\n");

TEST(IncludeCheck, NamesTheIncludeThatLeadsUp) {
  const Sources sources = {
      {"flow/parse.cpp",
       "#include \"flow/parse.h\"\n#include <string>\n#include \"base/text.h\"\n"
       "  #  include \"aws/client.h\"\n"},
      {"aws/client.cpp", "#include \"net/client.h\"\n"}};

  EXPECT_THAT(
      ProblemsOfIncludes(kFloors, sources),
      ElementsAre("flow/parse.cpp: #include \"aws/client.h\", but 'flow' may not see 'aws'"));
}

TEST(IncludeCheck, NamesWhatIsNoFloor) {
  const Sources sources = {{"flow/a.cpp", "#include \"parse.h\"\n#include \"vendor/x.h\"\n"},
                           {"helpers/a.cpp", ""},
                           {"main.cpp", "#include \"flow/parse.h\"\n"}};

  EXPECT_THAT(
      ProblemsOfIncludes(kFloors, sources),
      ElementsAre("flow/a.cpp: #include \"parse.h\", expected a path that begins with a floor",
                  "flow/a.cpp: #include \"vendor/x.h\", expected a path that begins with a floor",
                  "helpers/a.cpp: 'helpers' is no floor of floors.txt"));
}

TEST(IncludeCheck, NamesAFloorThatSeesWhatStandsBelowIt) {
  EXPECT_THAT(ProblemsOfFloors(ReadFloors("base\nnet base aws\naws base net\n")),
              ElementsAre("floors.txt: 'net' names 'aws', which does not stand above it"));
}

TEST(IncludeCheck, NamesFilesThatAreTooLong) {
  const Sources sources = {{"a.cpp", "1\n2\n3\n"}, {"b.cpp", "1\n2\n"}};

  EXPECT_THAT(ProblemsOfLength(sources, 2),
              ElementsAre("a.cpp: 3 lines, but no file may have over 2"));
}

}  // namespace
}  // namespace trunkline::floors
