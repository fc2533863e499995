#include "base/gzip.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

#include <zlib.h>

namespace trunkline {
namespace {

constexpr int kGzip = 16;  // zlib.h: added to the window's bits to mean a gzip header

// Frees what inflateInit2 took, on every way out.
class Inflater {
 public:
  Inflater() { ready_ = inflateInit2(&stream_, MAX_WBITS + kGzip) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

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

Result<std::string> Gunzip(std::string_view bytes, std::uint64_t limit) {
  Inflater inflater;
  if (!inflater.ready()) return Error(ErrorKind::kUnreached, "zlib cannot be started");
  z_stream& stream = inflater.stream();
  std::string out;
  std::array<unsigned char, 64U << 10U> buffer{};
  constexpr std::size_t kStep = 1U << 30U;  // zlib counts in unsigned
  int state = Z_OK;
  while (state == Z_OK && !(bytes.empty() && stream.avail_in == 0)) {
    if (stream.avail_in == 0) {
      // zlib does not write to its input.
      stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<unsigned>(std::min(bytes.size(), kStep));
      bytes.remove_prefix(stream.avail_in);
    }
    stream.next_out = buffer.data();
    stream.avail_out = buffer.size();
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = buffer.size() - stream.avail_out;
    if (out.size() + got > limit) {
      return Error(ErrorKind::kInvalid, "the gzip data unpacks to more than {} bytes", limit);
    }
    out.append(reinterpret_cast<const char*>(buffer.data()), got);
  }
  if (state != Z_STREAM_END) return Error(ErrorKind::kInvalid, "the gzip data is damaged");
  return out;
}

}  // namespace trunkline
