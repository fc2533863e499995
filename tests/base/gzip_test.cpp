#include "base/gzip.h"

#include <gmock/gmock.h>
#include <zlib.h>

namespace trunkline {
namespace {

using ::testing::HasSubstr;

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::string in(bytes);
  stream.next_in = reinterpret_cast<unsigned char*>(in.data());
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = reinterpret_cast<unsigned char*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Gzip, GivesBackWhatWasPacked) {
  const std::string text(300'000, 'x');

  EXPECT_EQ(*Gunzip(Gzip(text), text.size()), text);
  EXPECT_EQ(*Gunzip(Gzip(""), 0), "");
}

TEST(Gzip, RefusesMoreThanTheLimit) {
  EXPECT_THAT(Gunzip(Gzip(std::string(1001, 'x')), 1000).error().message(),
              HasSubstr("more than 1000 bytes"));
}

TEST(Gzip, RefusesOtherBytesAndWhatIsCutShort) {
  const std::string packed = Gzip("some text");

  EXPECT_FALSE(Gunzip("plain text", 100).ok());
  EXPECT_FALSE(Gunzip("", 100).ok());
  EXPECT_FALSE(Gunzip(packed.substr(0, packed.size() - 3), 100).ok());
}

}  // namespace
}  // namespace trunkline
