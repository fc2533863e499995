#include <gmock/gmock.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/files.h"
#include "net/certificates.h"
#include "tests/net/scripted_server.h"
#include "tests/support/shared_data.h"

namespace trunkline::net {
namespace {

using testing::StartsWith;

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

// A key, and a certificate that it has signed itself, for one name ("IP:127.0.0.1",
// "DNS:localhost").
class Certificate {
 public:
  explicit Certificate(const std::string& name)
      : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(X509_new(), X509_free) {
    X509* const x509 = certificate_.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -60);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, key_.get());
    X509_NAME* const subject = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(x509, subject);
    X509_EXTENSION* const names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str());
    X509_add_ext(x509, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(x509, key_.get(), EVP_sha256());
  }

  std::string Pem() const {
    const Owned<BIO> memory(BIO_new(BIO_s_mem()), [](BIO* bio) { BIO_free(bio); });
    PEM_write_bio_X509(memory.get(), certificate_.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
  }

  EVP_PKEY* key() const { return key_.get(); }
  X509* x509() const { return certificate_.get(); }

 private:
  Owned<EVP_PKEY> key_;
  Owned<X509> certificate_;
};

// Serves one TLS connection: every request gets "ok", until the caller leaves or does not like us.
class TlsServer {
 public:
  explicit TlsServer(const Certificate& certificate)
      : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_use_certificate(context_.get(), certificate.x509());
    SSL_CTX_use_PrivateKey(context_.get(), certificate.key());
    thread_ = std::thread([this] { Serve(); });
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  ~TlsServer() { Join(); }

  std::uint16_t port() const { return listener_.port(); }
  int answered() {
    Join();
    return answered_;
  }

 private:
  void Join() {
    if (thread_.joinable()) thread_.join();
  }

  void Serve() {
    const int socket = listener_.Accept();
    ASSERT_GE(socket, 0);
    const auto connection = RawConnection::OfSocket(socket);  // closes it
    const Owned<SSL> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) != 1) return;
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    char request[4096];
    while (SSL_read(ssl.get(), request, sizeof(request)) > 0) {
      SSL_write(ssl.get(), answer.data(), static_cast<int>(answer.size()));
      ++answered_;
    }
  }

  Owned<SSL_CTX> context_;
  Listener listener_;
  int answered_ = 0;
  std::thread thread_;
};

class Tls : public testing::Test {
 protected:
  // A file that holds the certificate, for AWS_CA_BUNDLE.
  std::string Trusting(const Certificate& certificate) {
    const std::string path = folder_.path() + "/ca.pem";
    EXPECT_TRUE(DiskFiles().Write(path, certificate.Pem()).ok());
    return path;
  }

 private:
  tests::TemporaryFolder folder_;
};

TEST_F(Tls, TalksToATrustedServerAndKeepsTheConnection) {
  const Certificate certificate("IP:127.0.0.1");
  TlsServer server(certificate);
  {
    Caller caller({}, MapEnvironment({{"AWS_CA_BUNDLE", Trusting(certificate)}}));

    EXPECT_EQ(caller.Send(LocalUrl(server.port(), "https"))->body, "ok");
    Request large{.method = "PUT", .body = ""};
    EXPECT_EQ(caller.Send(LocalUrl(server.port(), "https"), std::move(large))->body, "ok");
  }

  EXPECT_EQ(server.answered(), 2);
}

TEST_F(Tls, ChecksTheNameItHasAskedFor) {
  const Certificate certificate("DNS:localhost");
  TlsServer good(certificate);
  TlsServer bad(certificate);
  const MapEnvironment environment({{"SSL_CERT_FILE", Trusting(certificate)}});

  EXPECT_TRUE(Caller({}, environment).Send(LocalUrl(good.port(), "https", "localhost")).ok());
  const Result<Response> answer = Caller({}, environment).Send(LocalUrl(bad.port(), "https"));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(),
            "cannot reach 'https://127.0.0.1:" + std::to_string(bad.port()) +
                "': its certificate is not trusted (ip address mismatch)");
}

TEST_F(Tls, RefusesACertificateNobodyVouchesFor) {
  const Certificate certificate("IP:127.0.0.1");
  const Certificate other("IP:127.0.0.1");
  TlsServer server(certificate);
  ClientOptions options;
  options.ca_bundle = Trusting(other);

  const Result<Response> answer = Caller(std::move(options)).Send(LocalUrl(server.port(), "https"));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind(), ErrorKind::kUnreached);
  EXPECT_THAT(answer.error().message(),
              StartsWith("cannot reach 'https://127.0.0.1:" + std::to_string(server.port()) +
                         "': its certificate is not trusted ("));
  EXPECT_EQ(server.answered(), 0);
}

TEST_F(Tls, AServerThatNeverShakesHandsRunsIntoTheLimit) {
  const Certificate certificate("IP:127.0.0.1");
  ScriptedServer silent({[](RawConnection& connection) { connection.ReceiveRest(); }});
  Url origin = silent.origin();
  origin.scheme = "https";
  ClientOptions options{.connect_limit = Milliseconds(50), .ca_bundle = Trusting(certificate)};

  EXPECT_EQ(Caller(std::move(options)).Send(origin).error().message(),
            "cannot reach 'https://127.0.0.1:" + std::to_string(origin.port) +
                "': no connection within 50 ms");
}

TEST_F(Tls, ABundleThatCannotBeReadIsNamed) {
  const Caller unused;
  ClientOptions options{.ca_bundle = "/no/such.pem"};

  EXPECT_THAT(
      Caller(std::move(options)).Send(LocalUrl(1, "https")).error().message(),
      StartsWith("cannot read certificates from '/no/such.pem': expected a readable PEM file ("));
}

TEST(Certificates, ComeFromTheFirstPlaceThatIsSet) {
  const MapEnvironment both({{"AWS_CA_BUNDLE", "/aws.pem"}, {"SSL_CERT_FILE", "/ssl.pem"}});
  const MapEnvironment one({{"AWS_CA_BUNDLE", ""}, {"SSL_CERT_FILE", "/ssl.pem"}});

  EXPECT_EQ(FindCertificates("/chosen.pem", both).value(), "/chosen.pem");
  EXPECT_EQ(FindCertificates("", both).value(), "/aws.pem");
  EXPECT_EQ(FindCertificates("", one).value(), "/ssl.pem");
}

}  // namespace
}  // namespace trunkline::net
