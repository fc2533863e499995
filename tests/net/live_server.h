// A server on a loop with a thread of its own, and a caller that speaks bytes to it.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "net/server.h"

namespace trunkline::net {

// A loop that runs in a thread until the end of the test.
class LoopThread {
 public:
  LoopThread() : work_(loop_.get_executor()), thread_([this] { loop_.run(); }) {}
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;
  ~LoopThread() { Join(); }

  Loop& loop() { return loop_; }

  // Runs `work` on the loop's thread and waits for it.
  template <class Work>
  auto Do(Work work) {
    std::packaged_task<decltype(work())()> task(std::move(work));
    auto done = task.get_future();
    asio::post(loop_, [&task] { task(); });
    return done.get();
  }

  // Waits until the loop has nothing left to do.
  void Join() {
    work_.reset();
    if (thread_.joinable()) thread_.join();
  }

 private:
  Loop loop_{1};
  asio::executor_work_guard<Executor> work_;
  std::thread thread_;
};

// A blocking connection, to a port of 127.0.0.1 or accepted by a test's own server. Whatever takes
// longer than ten seconds fails the test.
class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port);
  static std::unique_ptr<RawConnection> OfSocket(int socket);
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection();

  bool Send(std::string_view bytes);  // false: the other side has closed
  std::string ReceiveHead();          // up to and with the empty line
  std::string Receive();      // one message: its head, and as much body as Content-Length says
  std::string ReceiveRest();  // until the end of the stream
  void FinishSending();

 private:
  RawConnection() = default;
  void SetOptions();
  std::string TakeFromInput(std::size_t count);
  bool ReadMore();

  int socket_ = -1;
  std::string input_;
};

// Stopped, and all its connections ended, when the test ends.
class LiveServer {
 public:
  LiveServer(ServerOptions options, Handler handler);
  explicit LiveServer(Handler handler) : LiveServer({}, std::move(handler)) {}
  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;
  ~LiveServer();

  std::uint16_t port() const { return port_; }
  LoopThread& thread() { return thread_; }
  Server& server() { return *server_; }
  std::vector<std::string> log() {
    return thread_.Do([this] { return log_.lines(); });
  }

  // Moves the server's time on, second by second. It stands still otherwise.
  void PassSeconds(int seconds);

 private:
  MemoryLog log_;
  LoopThread thread_;
  ManualTimers timers_{thread_.loop()};
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace trunkline::net
