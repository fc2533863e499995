#include "tests/support/shared_data.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace trunkline::tests {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string SourceFolder() {
  return TRUNKLINE_SOURCE;
}

std::optional<std::string> SharedFolder() {
  const char* set =
      std::getenv("TRUNKLINE_SHARED");  // NOLINT(concurrency-mt-unsafe): tests have one thread here
  if (set != nullptr && *set != '\0') return std::string(set);
  const fs::path beside = fs::path(SourceFolder()).parent_path() / "shared";
  if (fs::exists(beside / "corpus")) return beside.string();
  return std::nullopt;
}

std::string ReadFileOrDie(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "test data '%s' is missing\n", path.c_str());
    std::abort();
  }
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string DiffGolden(const std::string& name, const std::string& actual) {
  const fs::path path = fs::path(SourceFolder()) / "tests" / "golden" / name;
  if (std::getenv("TRUNKLINE_REWRITE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return "";
  }
  if (!fs::exists(path)) return "no golden file " + name + "; TRUNKLINE_REWRITE_GOLDEN=1 writes it";
  const std::string expected = ReadFileOrDie(path.string());
  if (expected == actual) return "";
  return "golden file " + name + " differs\n--- expected\n" + expected + "--- actual\n" + actual;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "trunkline-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace trunkline::tests
