// The only file that includes asio/ssl.hpp: it takes long to compile.
#include "net/tls_stream.h"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <openssl/x509v3.h>

#include "base/text.h"

namespace trunkline::net {
namespace {

namespace ssl = asio::ssl;
using boost::system::error_code;

// One TLS record holds this much; a head and a small body go into one.
constexpr std::size_t kRecord = 16U << 10U;

class AsioTlsStream final : public TlsStream {
 public:
  AsioTlsStream(Socket socket, ssl::context& context, std::string host)
      : stream_(std::move(socket), context), host_(std::move(host)) {
    error_code ignored;
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  aw<Result<void>> Handshake() override {
    if (!ExpectName())
      co_return Error(ErrorKind::kInvalid, "'{}' cannot be the name of a certificate", host_);
    error_code code;
    co_await stream_.async_handshake(ssl::stream_base::client, asio::redirect_error(kUseAw, code));
    if (!code) co_return Result<void>();
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    if (verdict != X509_V_OK) {
      co_return Error(ErrorKind::kUnreached, "its certificate is not trusted ({})",
                      ToLower(X509_verify_cert_error_string(verdict)));
    }
    co_return Broken(code);
  }

  aw<Result<std::size_t>> ReadSome(std::span<char> into) override {
    error_code code;
    const std::size_t count = co_await stream_.async_read_some(
        asio::buffer(into.data(), into.size()), asio::redirect_error(kUseAw, code));
    if (code == asio::error::eof) co_return std::size_t{0};
    if (code) co_return Broken(code);
    co_return count;
  }

  aw<Result<void>> Write(std::string_view head, std::string_view body) override {
    const std::string first =
        std::string(head).append(body.substr(0, kRecord - std::min(kRecord, head.size())));
    body.remove_prefix(first.size() - head.size());
    for (std::string_view left : {std::string_view(first), body}) {
      while (!left.empty()) {
        error_code code;
        const std::size_t done = co_await stream_.async_write_some(
            asio::buffer(left), asio::redirect_error(kUseAw, code));
        if (code) co_return Broken(code);
        left.remove_prefix(done);
      }
    }
    co_return Result<void>();
  }

  // TLS's own farewell would need another wait; HTTP says itself where a message ends.
  void FinishWriting() override {
    error_code ignored;
    stream_.next_layer().shutdown(Socket::shutdown_send, ignored);
  }

  void Close() override {
    error_code ignored;
    stream_.next_layer().close(ignored);
  }

  bool IsStale() override { return HasEndedOrSpoken(stream_.next_layer().native_handle()); }

 private:
  static Error Broken(const error_code& code) {
    if (code == ssl::error::stream_truncated) {
      return Error(ErrorKind::kUnreached, "the other side cut the connection off");
    }
    return Error(ErrorKind::kUnreached, "{}", ReasonOf(code));
  }

  // What the certificate must say; the name also goes to the server, which may have several
  // certificates.
  bool ExpectName() {
    SSL* const ssl = stream_.native_handle();
    error_code not_an_address;
    asio::ip::make_address(host_, not_an_address);
    if (!not_an_address)
      return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host_.c_str()) == 1;
    return SSL_set_tlsext_host_name(ssl, host_.c_str()) == 1 &&
           SSL_set1_host(ssl, host_.c_str()) == 1;
  }

  ssl::stream<Socket> stream_;
  std::string host_;
};

}  // namespace

struct TlsContext::State {
  ssl::context context{ssl::context::tls_client};
};

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::Make(const std::string& ca_bundle) {
  auto state = std::make_unique<State>();
  error_code code;
  state->context.set_verify_mode(ssl::verify_peer, code);
  SSL_CTX_set_min_proto_version(state->context.native_handle(), TLS1_2_VERSION);
  state->context.load_verify_file(ca_bundle, code);
  if (code) {
    return Error(ErrorKind::kInvalid,
                 "cannot read certificates from '{}': expected a readable PEM file ({})", ca_bundle,
                 code.message());
  }
  return std::unique_ptr<TlsContext>(new TlsContext(std::move(state)));
}

std::unique_ptr<TlsStream> TlsContext::Wrap(Socket socket, const std::string& host) {
  return std::make_unique<AsioTlsStream>(std::move(socket), state_->context, host);
}

}  // namespace trunkline::net
