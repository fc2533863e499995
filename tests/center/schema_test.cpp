#include "center/schema.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline::center {
namespace {

std::string FileOf(const FileKind& kind) {
  return fmt::format("{}/schemas/{}.schema.json", tests::SourceFolder(), kind.schema);
}

class Schemas : public testing::TestWithParam<FileKind> {};

// TRUNKLINE_REWRITE_GOLDEN=1 writes them, as it does golden files.
TEST_P(Schemas, AreWhatTheReaderChecks) {
  const std::string made = json::WritePretty(MakeSchema(GetParam()));
  const std::string path = FileOf(GetParam());
  if (std::getenv("TRUNKLINE_REWRITE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path, std::ios::binary) << made;
  }

  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  EXPECT_EQ(tests::ReadFileOrDie(path), made);
}

INSTANTIATE_TEST_SUITE_P(All, Schemas, testing::ValuesIn(FileKinds().begin(), FileKinds().end()),
                         [](const auto& row) { return Replace(row.param.schema, "-", "_"); });

TEST(Schema, RequiresAMemberInEitherSpellingOfCloudFormation) {
  static constexpr Field kMembers[] = {{.name = "active", .required = true}};
  static constexpr Field kShape{.kind = Kind::kObject, .members = kMembers, .either_case = true};

  const json::Value schema = MakeSchema({.schema = "x", .path = "x.json", .shape = &kShape});

  EXPECT_EQ(json::Write(schema.AsObject().At("allOf")),
            R"([{"anyOf":[{"required":["active"]},{"required":["isActive"]},)"
            R"({"required":["Active"]},{"required":["IsActive"]}]}])");
}

}  // namespace
}  // namespace trunkline::center
