#include "base/random.h"

#include <set>

#include <gmock/gmock.h>

namespace trunkline {
namespace {

using testing::Each;
using testing::MatchesRegex;

// Gives the bytes 0, 1, 2 ... 255, 0 ...: shows what is drawn again.
class CountingRandom final : public Random {
 public:
  void Fill(std::span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) byte = next_++;
  }

 private:
  unsigned char next_ = 0;
};

TEST(Random, UuidsAreVersion4) {
  SystemRandom random;

  EXPECT_THAT(NewUuid(random),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_NE(NewUuid(random), NewUuid(random));
}

TEST(Random, TheSameSeedGivesTheSameSequence) {
  SeededRandom first(7);
  SeededRandom second(7);
  SeededRandom other(8);

  const std::string uuid = NewUuid(first);

  EXPECT_EQ(uuid, NewUuid(second));
  EXPECT_NE(uuid, NewUuid(other));
}

TEST(Random, ATokenHasOnlyCharactersOfItsAlphabet) {
  SeededRandom random(1);

  const std::string token = NewToken(random, 200, "abc");

  EXPECT_EQ(token.size(), 200U);
  EXPECT_EQ(token.find_first_not_of("abc"), std::string::npos);
  EXPECT_EQ(std::set<char>(token.begin(), token.end()).size(), 3U);
}

TEST(Random, NoCharacterOfATokenIsFavoured) {
  CountingRandom random;
  const std::string alphabet(kUpperAlphanumeric);  // 36 characters: 256 = 7 * 36 + 4

  const std::string token = NewToken(random, std::size_t{7} * 36 * 2, alphabet);

  for (const char c : alphabet) EXPECT_EQ(std::count(token.begin(), token.end(), c), 14) << c;
}

TEST(Random, NumbersStayBelowTheirBound) {
  SeededRandom random(3);
  std::vector<std::uint64_t> numbers;

  for (int i = 0; i < 1000; ++i) numbers.push_back(UniformBelow(random, 6));

  EXPECT_THAT(numbers, Each(testing::Lt(6U)));
  EXPECT_EQ(std::set<std::uint64_t>(numbers.begin(), numbers.end()).size(), 6U);
  EXPECT_EQ(UniformBelow(random, 1), 0U);
}

}  // namespace
}  // namespace trunkline
