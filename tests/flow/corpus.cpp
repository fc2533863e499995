#include "tests/flow/corpus.h"

#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline::tests {

std::vector<CorpusFile> CorpusFiles() {
  const std::optional<std::string> shared = SharedFolder();
  if (!shared) return {};
  std::vector<CorpusFile> files;
  const std::string index = ReadFileOrDie(*shared + "/corpus/INDEX.tsv");
  bool header = true;
  for (const std::string_view line : Split(index, '\n')) {
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (cells.size() > 11 && !header) {
      files.push_back({.name = std::string(cells[0]) + "/" + std::string(cells[1]),
                       .maker = std::string(cells[11])});
    }
    header = false;
  }
  return files;
}

std::string ReadCorpus(const CorpusFile& file) {
  return ReadFileOrDie(*SharedFolder() + "/corpus/flows/" + file.name);
}

}  // namespace trunkline::tests
