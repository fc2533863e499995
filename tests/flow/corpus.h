// The flow corpus of the shared data, one entry a file, for parameterised tests.
#pragma once

#include <string>
#include <vector>

namespace trunkline::tests {

struct CorpusFile {
  std::string name;   // "modern/001__636137__..."
  std::string maker;  // "designer" or "hand", of INDEX.tsv
};

// Sorted; empty without shared data.
std::vector<CorpusFile> CorpusFiles();
std::string ReadCorpus(const CorpusFile& file);

}  // namespace trunkline::tests
