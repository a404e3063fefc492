package dev.discreet.bench;

import org.openjdk.jmh.annotations.Fork;

/** The same by the JDK's provider, as where Amazon's library does not load. */
@Fork(value = 1, jvmArgsAppend = "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true")
public class JdkVerificationBenchmark extends VerificationBenchmark {}
