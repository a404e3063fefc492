# Builds the gateway, and packs it for a runtime that needs neither a shell nor a file it may write.
FROM eclipse-temurin:25-jdk AS build
# Packages of a Java runtime fail to configure where the folder of manual pages is missing.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && apt-get install -y --no-install-recommends maven gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY docker/health/health.c .
RUN gcc -std=c11 -D_DEFAULT_SOURCE -Os -Wall -Wextra -Werror -static -s -o health health.c
COPY .mvn .mvn
COPY pom.xml .
COPY gateway/pom.xml gateway/
COPY gateway/src/main gateway/src/main
RUN mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package
# Native libraries would be unpacked to a temporary file, which a read-only root has no place for.
RUN mkdir native && cd native \
 && for jar in ../gateway/target/lib/netty-transport-native-epoll-*.jar ../gateway/target/lib/netty-tcnative-boringssl-static-*.jar; do jar -xf "$jar" META-INF/native; done \
 && jar -xf ../gateway/target/lib/AmazonCorrettoCryptoProvider-*.jar com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so \
 && mv META-INF/native/*.so com/amazon/corretto/crypto/provider/*.so . && rm -r META-INF com

FROM eclipse-temurin:25-jre
WORKDIR /opt/discreet
COPY --from=build /build/health ./
COPY --from=build /build/native native/
COPY --from=build /build/gateway/target/lib lib/
COPY --from=build /build/gateway/target/discreet.jar ./
# What is not loopback in a container is reached from outside only if somebody publishes it.
ENV DISCREET_ADMIN=0.0.0.0:9090
USER 65532:65532
EXPOSE 8080 9090
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/opt/discreet/health"]
# Java itself is the process that gets the signals. More options for it come by JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=45", "-XX:InitialRAMPercentage=2.5", "-XX:MaxRAM=2g", "-XX:TrimNativeHeapInterval=5000", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djava.library.path=/opt/discreet/native", "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true", "-jar", "/opt/discreet/discreet.jar"]
CMD ["run", "--config", "/etc/discreet"]
