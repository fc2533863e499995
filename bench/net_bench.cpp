// What HTTP costs. The input is one signed AWS call as the CLI sends it (12 headers, 1.1 KB),
// answered with 300 bytes of JSON, over one keep-alive connection on loopback.
//
// What is reported is the processor time of the server's thread, which other work on the machine
// disturbs less than the time that passes: `server_us` a request, and `a_core` such requests a
// second. The baseline is a bare socket that takes and gives the same bytes without looking at
// them; `of_baseline` is our time as a multiple of its, measured in the same run.
#include <array>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>
#include <boost/asio/post.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "net/read_message.h"
#include "net/server.h"
#include "net/write_message.h"

namespace trunkline::net {
namespace {

// Processor time of a running thread.
class ThreadClock {
 public:
  explicit ThreadClock(std::thread& thread) {
    pthread_getcpuclockid(thread.native_handle(), &clock_);
  }
  double Seconds() const {
    timespec now{};
    clock_gettime(clock_, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

 private:
  clockid_t clock_ = 0;
};

const std::string kAnswerBody =
    R"({"Queue":{"Name":"Sales","QueueArn":")" + std::string(250, 'x') + "\"}}";

std::string SignedCall() {
  return "GET /queues/5f0c8ed1-7a9c-4b6e-9f0e-3f0e8a1b2c3d/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0 "
         "HTTP/1.1\r\n"
         "Host: 127.0.0.1:4566\r\n"
         "Accept-Encoding: identity\r\n"
         "Accept: */*\r\n"
         "Connection: keep-alive\r\n"
         "User-Agent: aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12 prompt/off "
         "command/connect\r\n"
         "X-Amz-Date: 20261122T203518Z\r\n"
         "X-Amz-Security-Token: " +
         std::string(300, 't') +
         "\r\n"
         "X-Amz-Content-SHA256: "
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r\n"
         "Authorization: AWS4-HMAC-SHA256 "
         "Credential=ASIAIOSFODNN7EXAMPLE/20261122/eu-central-1/connect/aws4_request, "
         "SignedHeaders=host;x-amz-date;x-amz-security-token, "
         "Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\r\n"
         "Content-Type: application/json\r\n"
         "amz-sdk-invocation-id: 7c8c2a2e-4a55-4a5f-8f0f-5b9d3d3c1c11\r\n"
         "amz-sdk-request: attempt=1\r\n\r\n";
}

aw<Response> Answer(Request) {
  Response response;
  response.headers.Add("Content-Type", "application/json");
  response.headers.Add("x-amzn-RequestId", "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0");
  response.body = kAnswerBody;
  co_return response;
}

// Sends `request` and waits for `answer_size` bytes; false when the other side is gone.
bool Exchange(int socket, const std::string& request, std::size_t answer_size) {
  std::array<char, 16384> buffer{};
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) return false;
  for (std::size_t got = 0; got < answer_size;) {
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    got += static_cast<std::size_t>(count);
  }
  return true;
}

void SetNoDelay(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

int ConnectTo(std::uint16_t port) {
  const int caller = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(caller, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    std::abort();
  SetNoDelay(caller);
  return caller;
}

// Answers every `request_size` bytes with `answer` until the caller leaves.
class BareServer {
 public:
  BareServer(std::size_t request_size, std::string answer)
      : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        listen(listener_, 1) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      std::abort();
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, request_size, text = std::move(answer)] {
      const int peer = accept(listener_, nullptr, nullptr);
      SetNoDelay(peer);
      std::array<char, 16384> buffer{};
      std::size_t got = 0;
      for (ssize_t count = 0; (count = recv(peer, buffer.data(), buffer.size(), 0)) > 0;) {
        got += static_cast<std::size_t>(count);
        if (got < request_size) continue;
        got -= request_size;
        if (send(peer, text.data(), text.size(), MSG_NOSIGNAL) < 0) break;
      }
      close(peer);
    });
  }
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  ~BareServer() {
    thread_.join();
    close(listener_);
  }
  std::uint16_t port() const { return port_; }
  double Seconds() { return ThreadClock(thread_).Seconds(); }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

class HttpServer {
 public:
  HttpServer()
      : server_(Server::Listen(loop_, {}, Answer, log_).value()),
        thread_([this] { loop_.run(); }) {}
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() {
    asio::post(loop_, [this] { server_->Stop(); });
    thread_.join();
  }
  std::uint16_t port() const { return server_->port(); }
  double Seconds() { return ThreadClock(thread_).Seconds(); }

 private:
  Loop loop_{1};
  MemoryLog log_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

std::string ExpectedAnswer() {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
         "x-amzn-RequestId: 0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0\r\nContent-Length: " +
         std::to_string(kAnswerBody.size()) + "\r\n\r\n" + kAnswerBody;
}

// Processor seconds a bare server takes for one exchange of `together` requests.
double Baseline(int together) {
  std::string requests;
  std::string answers;
  for (int i = 0; i < together; ++i) {
    requests += SignedCall();
    answers += ExpectedAnswer();
  }
  constexpr int kExchanges = 10'000;
  BareServer server(requests.size(), answers);
  const int caller = ConnectTo(server.port());
  Exchange(caller, requests, answers.size());
  const double start = server.Seconds();
  for (int i = 0; i < kExchanges; ++i) {
    if (!Exchange(caller, requests, answers.size())) std::abort();
  }
  const double took = server.Seconds() - start;
  close(caller);
  return took / kExchanges;
}

// `together` requests in a packet: with sixteen the kernel's part shrinks to a sixteenth, what is
// left is ours.
void BM_Serve(benchmark::State& state) {
  const auto together = static_cast<int>(state.range(0));
  const double baseline = Baseline(together);
  HttpServer server;
  const int caller = ConnectTo(server.port());
  std::string requests;
  for (int i = 0; i < together; ++i) requests += SignedCall();
  const std::size_t answer_size = ExpectedAnswer().size() * static_cast<std::size_t>(together);
  const double start = server.Seconds();
  for (auto _ : state) {
    if (!Exchange(caller, requests, answer_size))
      state.SkipWithError("the server closed the connection");
  }
  const double exchange = (server.Seconds() - start) / static_cast<double>(state.iterations());
  close(caller);
  state.SetItemsProcessed(state.iterations() * together);
  state.counters["server_us"] = exchange / together * 1e6;
  state.counters["a_core"] = together / exchange;
  state.counters["of_baseline"] = exchange / baseline;
}
BENCHMARK(BM_Serve)->Name("Serve/headers:12/together")->Arg(1)->Arg(16)->UseRealTime();

void BM_ReadRequest(benchmark::State& state) {
  const std::string bytes = SignedCall();
  RequestReader reader({.max_body = 1000, .max_header = 65536});
  reader.Put(bytes);
  if (reader.Take().headers.size() != 12) std::abort();
  for (auto _ : state) {
    reader.Begin();
    reader.Put(bytes);
    Request request = reader.Take();
    benchmark::DoNotOptimize(request);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ReadRequest)->Name("ReadRequest/headers:12");

void BM_WriteHead(benchmark::State& state) {
  Response response;
  response.headers.Add("Content-Type", "application/json");
  response.headers.Add("x-amzn-RequestId", "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0");
  std::string head;
  for (auto _ : state) {
    head.clear();
    AppendHead(head, response, {.length = 300});
    benchmark::DoNotOptimize(head);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_WriteHead)->Name("WriteHead/headers:2");

}  // namespace
}  // namespace trunkline::net
