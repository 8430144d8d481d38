#include <memory>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/example/delivered.h"
#include "models/registry/model.h"

// The smallest model worth having: a sender publishes a message, a receiver that sees the flag must see the message.
// Two registrations of one template: as it should be, and with the flag's orders weakened.

namespace doorway {
namespace {

template <class Sync, std::memory_order kPublish, std::memory_order kObserve>
class MessagePassing {
 public:
  explicit MessagePassing(const Configuration& configuration) : messages_(configuration.at("messages")) {}

  void thread(int self) {
    if (self == 0) {
      Send();
    } else {
      Receive();
    }
  }

 private:
  void Send() {
    for (int i = 1; i <= messages_; ++i) {
      message_.store(i, std::memory_order_relaxed);
      flag_.store(i, kPublish);  // release: pairs with the receiver's acquire, so that the message is seen too
    }
  }

  void Receive() {
    const int flag = flag_.load(kObserve);
    if (flag == 0) return;
    Sync::note(kReceived, Sync::self());
    Sync::check(message_.load(std::memory_order_relaxed) >= flag, "the flag is up but the message is old");
  }

  const int messages_;
  typename Sync::template Atomic<int> message_{0, "message"};
  typename Sync::template Atomic<int> flag_{0, "flag"};
};

template <std::memory_order kPublish, std::memory_order kObserve>
std::unique_ptr<Subject> MakeSubject(const Configuration& configuration) {
  using Passing = MessagePassing<ModelSync, kPublish, kObserve>;
  return std::make_unique<ModelSubject<Passing, Configuration>>(configuration, 2);
}

std::vector<std::unique_ptr<Property>> Claims(const Configuration&) {
  std::vector<std::unique_ptr<Property>> claims;
  claims.push_back(std::make_unique<Delivered>());
  return claims;
}

const std::vector<Parameter> kParameters = {{"messages", 1, 1, 3, "messages that are sent one after another"}};

const Registration good{{
    .name = "example/message_passing",
    .summary = "a flag with release and acquire publishes a message",
    .about =
        "A sender writes a message and raises a flag, several times; a receiver looks at the flag once. If it is up, "
        "the message of that flag, or a later one, must be seen.",
    .source = "models/example/message_passing.cc",
    .parameters = kParameters,
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kRc11, Verdict::kVerified},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}},
    .subject = MakeSubject<std::memory_order_release, std::memory_order_acquire>,
    .claims = Claims,
}};

const Registration relaxed{{
    .name = "example/message_passing/relaxed_flag",
    .summary = "the same with a relaxed flag: right under SC, wrong under RC11",
    .about = "The orders of the flag are too weak: the receiver may see the flag without the message.",
    .source = "models/example/message_passing.cc",
    .parameters = kParameters,
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kRc11, Verdict::kViolated, std::string(kNoFailedCheck)},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}},
    .subject = MakeSubject<std::memory_order_relaxed, std::memory_order_relaxed>,
    .claims = Claims,
}};

}  // namespace
}  // namespace doorway
