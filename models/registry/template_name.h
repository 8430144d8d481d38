#pragma once

#include <string>
#include <string_view>

namespace doorway {

namespace internal {

// "... [with Lock = TicketLock; std::string_view = ...]" by gcc, "... [Lock = doorway::TicketLock]" by clang.
template <template <class> class Lock>
constexpr std::string_view SignatureWith() {
  return __PRETTY_FUNCTION__;
}

}  // namespace internal

// The name of a class template, or of an alias of one, as it is declared in its namespace: "TicketLock".
template <template <class> class Lock>
std::string TemplateName() {
  constexpr std::string_view kIs = "Lock = ";
  std::string_view name = internal::SignatureWith<Lock>();
  name.remove_prefix(name.find(kIs) + kIs.size());
  name = name.substr(0, name.find_first_of(";]"));
  if (const std::size_t colons = name.rfind("::"); colons != std::string_view::npos) name.remove_prefix(colons + 2);
  return std::string(name);
}

}  // namespace doorway
