/** What a recovery code is for, said before it is shown. */
export function RecoveryAdvice() {
  return (
    <p className="kt-advice">
      With this code the vault opens when the keyring is lost or the passphrase forgotten. Write it down on paper and keep
      it where only you can find it. It is shown once; nobody can bring it back.
    </p>
  );
}
