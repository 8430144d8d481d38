"""Stands in for rules_cc, which Bazel's own C++ toolchain files load.

Debian's rules_cc is too new for Debian's Bazel; the rules built into Bazel are
what the matching rules_cc forwards to anyway.
"""

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = native.cc_proto_library
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
objc_library = native.objc_library
