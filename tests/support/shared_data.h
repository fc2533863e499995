// The data beside the checkout (flow corpus, service models, signature vectors): TRUNKLINE_SHARED,
// default ../shared. Tests that need it skip where it is not there, and say so; when
// TRUNKLINE_SHARED is set a missing file fails.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace trunkline::tests {

// The checkout's folder.
std::string SourceFolder();
// The folder, or nothing when there is none.
std::optional<std::string> SharedFolder();
// The bytes of a file; a missing one ends the test program with a message.
std::string ReadFileOrDie(const std::string& path);
// Files below a folder, sorted, absolute.
std::vector<std::string> FilesBelow(const std::string& folder);

// Compares `actual` with tests/golden/<name>; TRUNKLINE_REWRITE_GOLDEN=1 writes it instead.
// Returns an empty text when equal, else what differs, for EXPECT_EQ("", ...).
std::string DiffGolden(const std::string& name, const std::string& actual);

// A fresh folder below the system's temporary folder, removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace trunkline::tests

// In a test body: skips without the shared data.
#define TL_NEEDS_SHARED()                                                                 \
  if (!::trunkline::tests::SharedFolder()) {                                              \
    GTEST_SKIP() << "needs the shared data: set TRUNKLINE_SHARED or put it at ../shared"; \
  }
