### Une action telle qu’on l’écrit : le nom de ses champs, et ce qui peut y clocher.

draft-field =
    { $field ->
        [ref] Référence
        [campaign] Campagne
        [kind] Type d’action
        [date] Jour de publication
        [time] Heure de publication
        [groups] Groupes
        [networks] Réseaux
        [wording_fr] Formulation en français
        [wording_en] Formulation en anglais
        [script_fr] Script en français
        [script_en] Script en anglais
        [link] Lien
        [hashtags] Mots-clics (hashtags)
        [image] Image
        [alt_fr] Description de l’image en français
        [alt_en] Description de l’image en anglais
        [target] Personnes à appeler
       *[closes] Clôture
    }

draft-mistake = { $field } : { $problem }

draft-missing = ce renseignement est obligatoire. Ajoutez-le.

draft-too-long = { $length } caractères, c’est trop. Raccourcissez le texte à { $limit }.

draft-too-many = il y en a { $count }. Gardez-en { $limit } au plus.

draft-reference-bad = « { $given } » ne peut pas être une référence. Employez des lettres, des chiffres, des traits d’union, des points et « _ ».

draft-reference-repeated = la ligne { $row } porte la même référence. Donnez à chaque action la sienne.

draft-campaign-bad = « { $given } » ne peut pas désigner une campagne. Employez des lettres, des chiffres et des traits d’union.

draft-kind-unknown = « { $given } » n’est pas un type d’action. Écrivez relayer, appeler, écrire, signer, donner, participer ou autre.

draft-kind-unknown-near = « { $given } » n’est pas un type d’action. Vouliez-vous dire « { $nearest } » ?

draft-network-unknown = le réseau « { $given } » n’est pas connu ici. Les réseaux sont { $networks }.

draft-network-unknown-near = le réseau « { $given } » n’est pas connu ici. Vouliez-vous dire « { $nearest } » ?

draft-group-unknown = aucun groupe ne s’appelle « { $given } ». Vérifiez le nom, ou faites d’abord ajouter le groupe.

draft-group-unknown-near = aucun groupe ne s’appelle « { $given } ». Vouliez-vous dire « { $nearest } » ?

draft-day-unknown = « { $given } » n’est pas reconnu comme un jour. Écrivez-le ainsi : 2026-11-23.

draft-day-impossible = le { $day } n’existe pas. Corrigez le jour.

draft-time-unknown = « { $given } » n’est pas reconnu comme une heure. Écrivez-la ainsi : 9 h ou 18 h 30.

draft-moment-unknown = « { $given } » n’est pas reconnu comme un jour et une heure. Écrivez-les ainsi : 2026-11-24 20 h.

draft-time-skipped = le { $day }, on avance l’heure et l’horloge saute { $time }. Choisissez une autre heure.

draft-day-missing = il y a une heure, mais pas de jour. Ajoutez le jour, ou retirez l’heure.

draft-time-missing = il y a un jour, mais pas d’heure. Ajoutez l’heure, ou retirez le jour.

draft-closes-too-early = l’action paraît { $start } et ne peut pas se terminer avant. Choisissez un moment plus tardif.

draft-wording-none = il n’y a pas encore de texte. Écrivez-le en français, en anglais ou dans les deux langues.

draft-wording-missing =
    { $language ->
        [fr] il y a un script ou une description en français, mais pas de formulation. Écrivez-la, ou retirez le reste.
       *[en] il y a un script ou une description en anglais, mais pas de formulation. Écrivez-la, ou retirez le reste.
    }

draft-link-bad = « { $given } » n’est pas un lien. Écrivez l’adresse entière, qui commence par https:// et ne contient pas de mot de passe.

draft-hashtag-bad = « { $given } » n’est pas un mot-clic (hashtag). Employez seulement des lettres, des chiffres et « _ », dont au moins une lettre.

draft-picture-unknown = aucune image ne s’appelle « { $given } ». Envoyez-la avec le calendrier, ou vérifiez son nom.

draft-picture-unknown-near = aucune image ne s’appelle « { $given } ». Vouliez-vous dire « { $nearest } » ?

draft-picture-missing = une image est décrite, mais aucune n’est nommée. Nommez-la, ou retirez la description.

draft-alt-missing =
    { $language ->
        [fr] l’image n’est pas décrite en français. Dites ce qu’elle montre, pour les personnes qui ne la voient pas.
       *[en] l’image n’est pas décrite en anglais. Dites ce qu’elle montre, pour les personnes qui ne la voient pas.
    }

draft-target-bad = « { $given } » ne dit pas qui appeler. Écrivez un nom, un deux-points et un numéro, ou un territoire comme ca-qc pour que chaque personne appelle qui la représente.

draft-number-bad = « { $given } » n’est pas un numéro de téléphone. Écrivez de 3 à 15 chiffres, comme 514-555-0199.

draft-target-idle = seules les actions d’appel ont quelqu’un à appeler. Choisissez le type « appeler », ou laissez ce champ vide.
