#include "base/gzip.h"

#include <algorithm>
#include <limits>
#include <new>

#include <zlib.h>

namespace trunkline {
namespace {

constexpr int kGzip = 16;  // added to the window's bits: a gzip header instead of zlib's

}  // namespace

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();  // all it can say of these arguments
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::size_t taken = 0;
  int state = Z_OK;
  while (state == Z_OK) {
    constexpr std::size_t kStep = std::numeric_limits<uInt>::max();
    const std::size_t step = std::min(kStep, bytes.size() - taken);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + taken));
    stream.avail_in = static_cast<uInt>(step);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + stream.total_out);
    stream.avail_out =
        static_cast<uInt>(std::min<std::size_t>(kStep, out.size() - stream.total_out));
    state = deflate(&stream, taken + step == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    taken += step - stream.avail_in;
  }
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace trunkline
