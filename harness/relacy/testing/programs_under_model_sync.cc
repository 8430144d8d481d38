// The programs of the tests, over the other backend: what one accepts, so must the other.

#include "harness/relacy/testing/programs.h"
#include "harness/sync/model_sync.h"

namespace doorway::relacy_testing {

template class MessagePassing<ModelSync>;
template class PolledMessagePassing<ModelSync>;
template class StoreBuffering<ModelSync>;
template class SpinLockClient<ModelSync, true>;
template class SpinLockClient<ModelSync, false>;
template class NeverWoken<ModelSync>;
template class NeverDone<ModelSync>;
template class Daemon<ModelSync>;
template class Rounds<ModelSync>;
template class Spawning<ModelSync, true>;
template class Spawning<ModelSync, false>;
template class NeverSpawning<ModelSync>;
template class Choices<ModelSync>;
template class Arithmetic<ModelSync>;
template class CompareExchangeOnce<ModelSync, true>;
template class CompareExchangeOnce<ModelSync, false>;
template class Reuse<ModelSync, true>;
template class Reuse<ModelSync, false>;
template class UseAfterHandOver<ModelSync>;
template class Uninitialised<ModelSync>;
template class Throws<ModelSync>;

}  // namespace doorway::relacy_testing
