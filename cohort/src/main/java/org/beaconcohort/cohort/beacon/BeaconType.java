package org.beaconcohort.cohort.beacon;

import java.util.Optional;

/** The kinds of did:btcr2 beacons, each with another meaning of its signal bytes. */
public enum BeaconType {
  /** The signal bytes are the hash of one signed update. */
  SINGLETON("SingletonBeacon"),
  /** The signal bytes are the hash of a {@link CasAnnouncement}. */
  CAS("CASBeacon"),
  /** The signal bytes are the root of a sparse Merkle tree. */
  SMT("SMTBeacon");

  private final String serviceType;

  BeaconType(String serviceType) {
    this.serviceType = serviceType;
  }

  /** The type that a DID document writes as {@code serviceType}, in exactly that spelling. */
  public static Optional<BeaconType> ofServiceType(String serviceType) {
    for (BeaconType type : values()) {
      if (type.serviceType.equals(serviceType)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The {@code type} of the service in a DID document, for instance {@code CASBeacon}. */
  public String serviceType() {
    return serviceType;
  }
}
