// Every real flow of the corpus: read, written again, the same.
#include "tests/flow/corpus.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "flow/document.h"
#include "flow/encoding.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;
using tests::CorpusFile;
using tests::CorpusFiles;
using tests::ReadCorpus;

// The JSON value of a text, with a string 'Content' replaced by the value it holds: what two texts
// must share.
json::Value Meaning(const std::string& text) {
  json::Value value = json::Parse(text).value();
  for (const char* const inner : {"", "ContactFlow", "ContactFlowModule"}) {
    json::Value* holder = *inner == '\0' ? &value : value.AsObject().Find(inner);
    json::Value* content = holder == nullptr ? nullptr : holder->AsObject().Find("Content");
    if (content != nullptr && content->IsString())
      *content = json::Parse(content->AsString()).value();
  }
  return value;
}

class Corpus : public testing::TestWithParam<CorpusFile> {};

TEST_P(Corpus, RoundTripsWithoutLosingAnything) {
  const std::string bytes = ReadCorpus(GetParam());

  const Parsed parsed = Parse(bytes, GetParam().name);

  ASSERT_TRUE(parsed.document.has_value()) << ToText(parsed.findings);
  const std::string written = FormatText(*parsed.document).value();
  EXPECT_EQ(Meaning(written), Meaning(*Decode(bytes).text));
  EXPECT_EQ(FormatText(*Parse(written, GetParam().name).document).value(), written);
}

TEST_P(Corpus, EveryActionIsSeenAtItsBrace) {
  const Parsed parsed = Parse(ReadCorpus(GetParam()), GetParam().name);

  std::vector<char> first;
  for (const Action& action : parsed.document->actions) {
    const Place place = PlaceOf(*parsed.document, action.offset);
    std::string_view rest = parsed.document->text;
    for (std::uint32_t line = 1; line < place.line; ++line) rest.remove_prefix(rest.find('\n') + 1);
    first.push_back(rest[place.column - 1]);
  }

  const bool is_legacy = parsed.document->format == Format::kLegacy;
  EXPECT_THAT(
      first,
      SizeIs(is_legacy ? 0 : parsed.document->content.AsObject().GetArray("Actions").size()));
  EXPECT_THAT(first, Each('{'));
}

std::string NameOf(const testing::TestParamInfo<CorpusFile>& row) {
  return row.param.name.substr(0, row.param.name.find('/')) + "_" +
         row.param.name.substr(row.param.name.find('/') + 1, 3);
}

INSTANTIATE_TEST_SUITE_P(Flows, Corpus, testing::ValuesIn(CorpusFiles()), NameOf);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Corpus);

TEST(CorpusAsAWhole, HasAll161Files) {
  TL_NEEDS_SHARED();

  EXPECT_THAT(CorpusFiles(), SizeIs(161));
}

TEST(CorpusAsAWhole, FourFilesAreWindows1252AndSaySo) {
  TL_NEEDS_SHARED();

  std::vector<std::string> warnings;
  for (const CorpusFile& file : CorpusFiles()) {
    const Parsed parsed = Parse(ReadCorpus(file), file.name);
    if (parsed.document->encoding == Encoding::kWindows1252)
      warnings.push_back(ToText(parsed.findings));
  }

  EXPECT_THAT(warnings, SizeIs(4));
  EXPECT_THAT(warnings, Each(HasSubstr("was read as Windows-1252 [TL-F001]")));
}

}  // namespace
}  // namespace trunkline::flow
